using System.Runtime.InteropServices;

namespace StaticCnn.Images;

/// <summary>
/// Standard input, output and error as a program for people and scripts needs them. A process can be started without one of them (<c>&lt;&amp;-</c> in a
/// shell), and then the runtime has something of its own under that number, a pipe to itself for example: reading from it waits for ever.
/// </summary>
internal static class StandardStreams
{
    private const int Input = 0, Output = 1, Error = 2;
    private const int GetFlags = 1, CloseOnExec = 1; // F_GETFD and FD_CLOEXEC, the same on all systems that have them.

    private static readonly string? Terminal = Environment.GetEnvironmentVariable("TERM");

    static StandardStreams()
    {
        // Before its first text the console initialises the terminal (ESC [ ? 1 h), which reaches whoever reads a pseudo-terminal. That is for
        // reading keys, which we do not do; a terminal without a name gets none.
        if (!OperatingSystem.IsWindows()) Environment.SetEnvironmentVariable("TERM", null);
    }

    /// <summary>Whether a person watches standard output, on a terminal that can move its cursor.</summary>
    public static bool IsWatched => !Console.IsOutputRedirected && (OperatingSystem.IsWindows() || Terminal is not (null or "" or "dumb"));

    /// <summary>Standard input.</summary>
    /// <exception cref="ImageException">The process has none.</exception>
    public static Stream OpenInput() =>
        IsOpen(Input) ? Console.OpenStandardInput() : throw new ImageException(ImageFault.Unreadable, "standard input is closed; name a file, or pipe one in.");

    /// <summary>Standard output; where the process has none, what is written goes nowhere.</summary>
    public static LastingStream OpenOutput() => new(IsOpen(Output) ? Console.OpenStandardOutput() : Stream.Null);

    /// <summary>Standard error, likewise.</summary>
    public static LastingStream OpenError() => new(IsOpen(Error) ? Console.OpenStandardError() : Stream.Null);

    /// <summary>What a process inherits is not closed when it begins; what the runtime opens for itself would be.</summary>
    private static bool IsOpen(int descriptor) => OperatingSystem.IsWindows() || (fcntl(descriptor, GetFlags) & CloseOnExec) == 0;

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(int descriptor, int command);
}
