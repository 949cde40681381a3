using System.Collections.Immutable;
using StaticCnn.Images;
using StaticCnn.Mnist.Data;

namespace StaticCnn.Mnist;

/// <summary>What the program uses of the world around it, so that tests can run it in process in a world of their own.</summary>
/// <param name="Out">Standard output: results.</param>
/// <param name="Error">Standard error: errors, and with <c>--json</c> everything but the one JSON object.</param>
/// <param name="Variable">The value of an environment variable, null when it is not set.</param>
/// <param name="Files">The data files, with the hashes that downloads and the cache must have.</param>
/// <param name="IsTerminal">Whether a person watches standard output: then a progress bar is drawn.</param>
internal sealed record Host(
    TextWriter Out,
    TextWriter Error,
    Func<string, string?> Variable,
    ImmutableArray<DataFile> Files,
    bool IsTerminal)
{
    private LastingStream? _output;

    /// <summary>Why not all of the output could be written; null where it could.</summary>
    public string? OutputFailure => _output?.Failure?.Message;

    /// <summary>The world of a real process.</summary>
    public static Host OfProcess()
    {
        var output = StandardStreams.OpenOutput();
        return new(
            Writer(output),
            Writer(StandardStreams.OpenError()),
            name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null,
            DataFile.Mnist,
            IsTerminal: StandardStreams.IsWatched && Environment.GetEnvironmentVariable("CI") is null or "")
        {
            _output = output,
        };
    }

    /// <summary>Says in one line why a command fails, in the form that MSBuild recognises as an error.</summary>
    public void WriteError(Failure failure, string message) => WriteDiagnostic("error", (int)failure, message);

    /// <summary>Says in one line what is wrong with a file, by the number of an SCNN code.</summary>
    public void WriteError(int code, string message) => WriteDiagnostic("error", code, message);

    /// <summary>Warns in one line, in the form that MSBuild recognises as a warning.</summary>
    public void WriteWarning(Warning warning, string message) => WriteDiagnostic("warning", (int)warning, message);

    private void WriteDiagnostic(string category, int code, string message) =>
        Error.WriteLine($"mnist: {category} SCNN{code}: {OneLine.Of(message)}");

    /// <summary>A writer of UTF-8 that allocates nothing per line, which the console's own does not promise.</summary>
    private static StreamWriter Writer(Stream stream) => new(stream) { AutoFlush = true, NewLine = "\n" };
}
