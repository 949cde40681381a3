using Microsoft.Build.Framework;

namespace StaticCnn.Build;

/// <summary>Says a line that a person should see in any output: a terminal, a pipe, a log of a build server.</summary>
public sealed class ShowLine : Microsoft.Build.Utilities.Task
{
    /// <summary>The line.</summary>
    [Required]
    public string Text { get; set; } = "";

    /// <summary>Whether anybody can have seen it: <c>dotnet run</c> shows nothing of its build.</summary>
    [Output]
    public bool Shown { get; private set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        Show(BuildEngine, Text, MessageImportance.High);
        Shown = Log.LogsMessagesOfImportance(MessageImportance.High);
        return true;
    }

    /// <summary>Logs a message of the only type that the terminal logger prints as it comes; to other loggers it is like any other.</summary>
    internal static void Show(IBuildEngine engine, string line, MessageImportance importance) =>
        engine.LogMessageEvent(new ExtendedBuildMessageEventArgs("TLTESTOUTPUT", line, null, null, importance));
}
