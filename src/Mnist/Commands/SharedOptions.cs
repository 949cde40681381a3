using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using StaticCnn.Mnist.Data;

namespace StaticCnn.Mnist.Commands;

/// <summary>The options that every command takes.</summary>
internal sealed class SharedOptions
{
    private readonly Option<string?> _data = new("--data")
    {
        Description = "Folder with the four IDX files, plain or .gz, or procedural[:count] for digits that the program draws. " +
            "Default: STATICCNN_DATA, then the cache, then the mirrors.",
        HelpName = "DIR",
        CustomParser = ParseData,
    };

    private readonly Option<string?> _weights = new("--weights")
    {
        Description = "The weights file. Default: weights/<Model>.safetensors.",
        HelpName = "FILE",
        CustomParser = ParsePath,
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Seed of the initial weights, the order of the images and dropout, or of the digits to draw. Default: 0.",
        HelpName = "N",
        CustomParser = argument => Parse<ulong>(argument, "a number from 0 on", _ => true),
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Threads that compute; the results do not depend on it. Default: the number of processors.",
        HelpName = "N",
        CustomParser = argument => Parse<int>(argument, "a number from 1 to 1024", threads => threads is >= 1 and <= 1024),
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Write one JSON object to standard output, and everything else to standard error.",
    };

    private readonly Option<ImmutableArray<Uri>?> _mirrors = new("--mirrors")
    {
        Description = "Web folders to download from, separated by ';'. Default: STATICCNN_MIRRORS, then two public mirrors.",
        HelpName = "URLS",
        CustomParser = ParseMirrors,
    };

    private readonly Option<bool> _requireDownload = new("--require-download")
    {
        Description = "Where MNIST cannot be downloaded, fail rather than train and test on digits that the program draws.",
    };

    /// <summary>Lets a command and those below it take the options.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_data, _weights, _seed, _threads, _json, _mirrors, _requireDownload])
        {
            option.Recursive = true;
            command.Options.Add(option);
        }
    }

    /// <summary>The options' values together with the world that the command runs in.</summary>
    public CommandContext Read(ParseResult parsed, Host host) => new(host)
    {
        DataName = parsed.GetValue(_data),
        WeightsFile = parsed.GetValue(_weights),
        Seed = parsed.GetValue(_seed),
        Threads = parsed.GetValue(_threads),
        Json = parsed.GetValue(_json),
        Mirrors = parsed.GetValue(_mirrors),
        RequireDownload = parsed.GetValue(_requireDownload),
    };

    /// <summary>Reads a number whatever the user's culture; <paramref name="expected"/> says which numbers are valid.</summary>
    public static T Parse<T>(ArgumentResult argument, string expected, Func<T, bool> isValid) where T : struct, INumber<T>
    {
        string text = argument.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && isValid(value)) return value;
        argument.AddError($"{((OptionResult)argument.Parent!).Option.Name} expects {expected}, not '{text}'.");
        return default;
    }

    /// <summary>Reads a path, which must not be empty: an unset variable in a script would otherwise mean the current folder.</summary>
    public static string? ParsePath(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (text.Length == 0) argument.AddError($"{((OptionResult)argument.Parent!).Option.Name} expects a path.");
        return text;
    }

    private static string? ParseData(ArgumentResult argument)
    {
        string? name = ParsePath(argument);
        if (name is not null && ProceduralData.IsNamedBy(name) && ProceduralData.Parse(name) is null)
            argument.AddError($"--data expects {ProceduralData.Expected}, not '{name}'.");
        return name;
    }

    private static ImmutableArray<Uri>? ParseMirrors(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (Data.Mirrors.TryParse(text, out var mirrors)) return mirrors;
        argument.AddError($"--mirrors expects http or https addresses separated by ';', not '{text}'.");
        return null;
    }
}
