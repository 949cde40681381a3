using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace StaticCnn.Build;

/// <summary>
/// Runs a command of the program that declares a model, in a process of its own: no assembly of the project is locked,
/// and a cancelled build ends it. Its lines appear in the build's output as they come, and in a log file.
/// </summary>
public sealed class RunCnnTool : ToolTask
{
    private const string HelpPages = "https://github.com/staticcnn/staticcnn/blob/main/docs/diagnostics/";

    /// <summary>How the program writes what the build should count as an error or a warning.</summary>
    private static readonly Regex Diagnostic = new(
        @"^(?<origin>\w+): (?<category>error|warning) (?<code>SCNN\d+): (?<text>.*)$", RegexOptions.CultureInvariant);

    private StreamWriter? _log;

    /// <summary>The <c>dotnet</c> executable.</summary>
    [Required]
    public string DotNetHost { get; set; } = "";

    /// <summary>The compiled program.</summary>
    [Required]
    public string Program { get; set; } = "";

    /// <summary>Options that stand before the command and say whose network it is about, in the form of <see cref="Options"/>.</summary>
    public ITaskItem[] Declaration { get; set; } = [];

    /// <summary>The command, such as <c>train</c>.</summary>
    [Required]
    public string Command { get; set; } = "";

    /// <summary>The command's options, such as <c>--seed</c>, with their values as metadata <c>Value</c>. Those without a value are left out.</summary>
    public ITaskItem[] Options { get; set; } = [];

    /// <summary>The folder that the program runs in.</summary>
    [Required]
    public string WorkingDirectory { get; set; } = "";

    /// <summary>Receives all that the program writes.</summary>
    [Required]
    public string LogFile { get; set; } = "";

    /// <inheritdoc/>
    protected override string ToolName => "dotnet";

    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.High;

    /// <inheritdoc/>
    protected override MessageImportance StandardOutputLoggingImportance => MessageImportance.High;

    /// <inheritdoc/>
    public override bool Execute()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LogFile)!);
        // Another build of the project may run at the same time and write its log to the same file; neither should fail for that.
        using var file = new FileStream(LogFile, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        using (_log = new StreamWriter(file) { AutoFlush = true })
        {
            bool done = base.Execute();
            ShowLine.Show(BuildEngine, $"Log: {LogFile}", MessageImportance.High);
            return done;
        }
    }

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => DotNetHost;

    /// <inheritdoc/>
    protected override string GetWorkingDirectory() => WorkingDirectory;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        var line = new CommandLineBuilder();
        line.AppendSwitch("exec");
        line.AppendFileNameIfNotNull(Program);
        Append(line, Declaration);
        line.AppendSwitch(Command);
        Append(line, Options);
        return line.ToString();
    }

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        _log!.WriteLine(singleLine);
        var match = Diagnostic.Match(singleLine);
        string origin = match.Groups["origin"].Value, code = match.Groups["code"].Value, text = match.Groups["text"].Value;
        string help = $"{HelpPages}{code}.md";
        switch (match.Groups["category"].Value)
        {
            case "error":
                Log.LogError(null, code, null, help, origin, 0, 0, 0, 0, text);
                break;
            case "warning":
                Log.LogWarning(null, code, null, help, origin, 0, 0, 0, 0, text);
                break;
            default:
                ShowLine.Show(BuildEngine, singleLine, messageImportance);
                break;
        }
    }

    private static void Append(CommandLineBuilder line, ITaskItem[] options)
    {
        foreach (var option in options)
        {
            if (option.GetMetadata("Value") is { Length: > 0 } value) line.AppendSwitchIfNotNull(option.ItemSpec + " ", value);
        }
    }
}
