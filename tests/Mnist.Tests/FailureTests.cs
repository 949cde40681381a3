using System.Text.RegularExpressions;
using StaticCnn.Images;

namespace StaticCnn.Mnist.Tests;

/// <summary>Holds the errors and warnings of program and build targets and their pages together.</summary>
public partial class FailureTests
{
    [Fact]
    public void Every_code_has_a_page_and_every_page_a_code() => Assert.Equal(
        Enum.GetValues<Failure>().Select(failure => $"SCNN{(int)failure}")
            .Concat(Enum.GetValues<Warning>().Select(warning => $"SCNN{(int)warning}"))
            .Concat(Enum.GetValues<ImageFault>().Select(fault => $"SCNN{(int)fault}"))
            .Concat(CodesOfTargets()).Concat(CodesOfNativeCode()).Order(StringComparer.Ordinal),
        Directory.GetFiles(Repository.PathTo("docs", "diagnostics"), "SCNN1*.md")
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    private static IEnumerable<string> CodesOfTargets() => Directory.GetFiles(Repository.PathTo("build"), "*.targets")
        .SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct();

    private static IEnumerable<string> CodesOfNativeCode() => Directory.GetFiles(Repository.PathTo("build", "native"), "*.c")
        .SelectMany(file => CodeInText().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct();

    [GeneratedRegex("error (SCNN\\d+)")]
    private static partial Regex CodeInText();

    [GeneratedRegex("Code=\"(SCNN\\d+)\"")]
    private static partial Regex Code();
}
