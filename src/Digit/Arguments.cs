using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using StaticCnn.Images;
using StaticCnn.Images.Answers;
using StaticCnn.Mnist;

namespace StaticCnn.Digit;

/// <summary>What the command line asks for: answers, a text to print, or nothing because it is wrong.</summary>
/// <param name="Options">Files to answer for.</param>
/// <param name="Text">The help or the version.</param>
/// <param name="Error">What is wrong.</param>
internal sealed record Arguments(AnswerOptions? Options = null, string? Text = null, string? Error = null)
{
    private static readonly string[] OptionNames = ["--index", "--no-fit", "--top", "--json", "--show", "--version", "--help"];

    private const string Help = """
        Usage: digit [options] FILE...

        Reads handwritten digits: 7  99.8 %  photo.png

        FILE is PNG, JPEG, WebP, BMP or GIF (with SkiaSharp's library beside the program), PGM, PBM or PPM, an IDX file of
        images, 784 raw bytes (28x28, 255 is ink), any of these packed with gzip, or - for standard input, the default
        when something is piped in.

        Options:
          --index N, --index A-B  Images of an IDX file, counted from 0. Default: all.
          --no-fit                Do not look for a digit in a picture; only scale it to 28x28, light on dark.
          --top K                 Name the K most probable digits. Default: 1.
          --json                  Write one JSON array: [{"file","label","probabilities":[...]}].
          --show                  Draw the 28x28 pixels that the network saw, and all probabilities.
          --version               Show the version and the width of the vectors in use.
          -h, --help              Show this help.

        Exit codes: 0 done, 1 a file gave no answer, 2 wrong usage.
        """;

    /// <summary>Reads a command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="isInputTyped">Whether standard input is a terminal, which is waited for only where - asks for it.</param>
    public static Arguments Parse(string[] args, bool isInputTyped)
    {
        var files = new List<string>();
        var options = new AnswerOptions { Files = [] };
        bool onlyFiles = false;
        for (int i = 0; i < args.Length; i++)
        {
            if (onlyFiles || args[i] == Recognizer<SimpleCnn>.StandardInput || !args[i].StartsWith('-'))
            {
                if (args[i].Length == 0) return new(Error: "a file's name is empty.");
                files.Add(args[i]);
                continue;
            }
            var (name, value) = Split(args[i]);
            switch (name)
            {
                case "--help" or "-h" or "-?":
                    return new(Text: Help);
                case "--version":
                    return new(Text: Version);
                case "--":
                    onlyFiles = true;
                    continue;
                case "--no-fit":
                    options = options with { Fit = false };
                    break;
                case "--json":
                    options = options with { Json = true };
                    break;
                case "--show":
                    options = options with { Show = true };
                    break;
                case "--index" or "--top" when value is null:
                    if (++i == args.Length) return new(Error: $"{name} expects a value.");
                    value = args[i];
                    goto case "--index";
                case "--index":
                case "--top":
                    if (name == "--top" && TryReadTop(value!, out int top)) options = options with { Top = top };
                    else if (name == "--index" && IndexRange.TryParse(value!, out var range)) options = options with { Index = range };
                    else return new(Error: $"{name} expects {(name == "--top" ? $"a number from 1 to {SimpleCnn.ClassCount}" : IndexRange.Expected)}, not '{value}'.");
                    value = null;
                    break;
                default:
                    return new(Error: $"there is no option {args[i]}.{NearestWord.Question(OptionNames, name)}");
            }
            if (value is not null) return new(Error: $"{name} takes no value.");
        }
        if (files.Count == 0 && isInputTyped) return new(Error: "no file is named.");
        if (files.Count == 0) files.Add(Recognizer<SimpleCnn>.StandardInput);
        return options.Conflict is { } conflict ? new(Error: conflict) : new(options with { Files = [.. files] });
    }

    private static string Version
    {
        get
        {
            string version = typeof(Arguments).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
            string compilation = RuntimeFeature.IsDynamicCodeCompiled ? "JIT" : "compiled ahead of time";
            return string.Create(CultureInfo.InvariantCulture, $"digit {version}, {VectorWidth.Bits}-bit vectors, {compilation}");
        }
    }

    private static bool TryReadTop(string text, out int top) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out top) && top >= 1 && top <= SimpleCnn.ClassCount;

    /// <summary>Takes <c>--top=3</c> apart.</summary>
    private static (string Name, string? Value) Split(string argument)
    {
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }
}
