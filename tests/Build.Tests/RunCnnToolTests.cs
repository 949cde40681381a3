using System.Collections;
using CsCheck;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using StaticCnn.Build.Tests.Support;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Build.Tests;

/// <summary>Build properties on their way to the program's command line.</summary>
public sealed class RunCnnToolTests : IDisposable
{
    private static readonly string[] Pieces =
    [
        "a", "b", " ", "\t", "\"", "'", "$HOME", "`", ";", "&", "|", "<", "*", "?", "#", "-", "--", "=", "@", "\u00fc", "\u65e5", "\ud83d\ude00",
    ];

    private readonly TemporaryFolder _folder = new();

    public RunCnnToolTests() => Directory.CreateDirectory(_folder.Path);

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Folders and files have all kinds of names; the shell, the quoting and the program must not change any. Backslashes are not among
    /// them: MSBuild itself takes them for slashes.
    /// </summary>
    [Fact]
    public void Any_value_of_a_property_arrives_as_it_is()
    {
        var value = Gen.Int[0, Pieces.Length - 1].Array[1, 12].Select(pieces => string.Concat(pieces.Select(i => Pieces[i])));
        value.Array[1, 40].Sample(values =>
        {
            var engine = new RecordingEngine();
            var tool = new RunCnnTool
            {
                BuildEngine = engine,
                DotNetHost = DotNet,
                Program = EchoProgram.File,
                Command = "train",
                Options = [.. values.Select((text, i) => Option($"--option{i}", text)), Option("--without", "")],
                WorkingDirectory = _folder.Path,
                LogFile = _folder["logs/train.log"],
                EnvironmentVariables = [$"{EchoProgram.FileVariable}={_folder["args"]}"],
            };
            Assert.True(tool.Execute(), string.Join('\n', engine.Errors));
            string[] expected = ["train", .. values.SelectMany((text, i) => new[] { $"--option{i}", text })];
            Assert.Equal(expected, File.ReadAllText(_folder["args"]).Split('\0'));
        }, iter: 15, threads: 1);
    }

    private static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static TaskItem Option(string name, string value)
    {
        var item = new TaskItem(name);
        item.SetMetadata("Value", value);
        return item;
    }

    private sealed class RecordingEngine : IBuildEngine
    {
        public List<string> Errors { get; } = [];

        public bool ContinueOnError => false;

        public int LineNumberOfTaskNode => 0;

        public int ColumnNumberOfTaskNode => 0;

        public string ProjectFileOfTaskNode => "";

        public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) => false;

        public void LogCustomEvent(CustomBuildEventArgs e)
        {
        }

        public void LogErrorEvent(BuildErrorEventArgs e) => Errors.Add(e.Message ?? "");

        public void LogMessageEvent(BuildMessageEventArgs e)
        {
        }

        public void LogWarningEvent(BuildWarningEventArgs e) => Errors.Add(e.Message ?? "");
    }
}
