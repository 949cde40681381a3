using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using StaticCnn.Images;
using StaticCnn.Mnist.Data;

namespace StaticCnn.Mnist.Commands;

/// <summary>The options that several commands take; each takes those that mean something to it.</summary>
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
        Description = "Threads that compute; the results do not depend on it.",
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

    /// <summary>Lets a command take some of the options, and <c>--json</c>, which all take.</summary>
    public void AddTo(Command command, SharedOption options)
    {
        if (options.HasFlag(SharedOption.Data)) command.Options.Add(_data);
        if (options.HasFlag(SharedOption.Weights)) command.Options.Add(_weights);
        if (options.HasFlag(SharedOption.Seed)) command.Options.Add(_seed);
        if (options.HasFlag(SharedOption.Threads)) command.Options.Add(_threads);
        if (options.HasFlag(SharedOption.Download))
        {
            command.Options.Add(_mirrors);
            command.Options.Add(_requireDownload);
            command.Excludes(_mirrors, _data);
        }
        command.Options.Add(_json);
    }

    /// <summary>Refuses what names data, beside a switch that needs none.</summary>
    public void ExcludeData(Command command, Option<bool> other)
    {
        foreach (Option option in (Option[])[_data, _mirrors]) command.Excludes(option, other);
    }

    /// <summary>The options' values together with the world that the command runs in.</summary>
    public CommandContext Read(ParseResult parsed, Host host) => new(host)
    {
        DataName = parsed.GetValue(_data),
        WeightsFile = parsed.GetValue(_weights),
        Seed = parsed.GetValue(_seed),
        Threads = parsed.GetResult(_threads) is null ? Environment.ProcessorCount : parsed.GetValue(_threads),
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

    /// <summary>Reads the name of a file whose kind its extension says.</summary>
    public static string? ParseFile(ArgumentResult argument, params ReadOnlySpan<string> extensions)
    {
        string file = ParsePath(argument)!;
        if (file.Length > 0 && !extensions.Contains(Path.GetExtension(file).ToLowerInvariant()))
        {
            string expected = extensions.Length == 1 ? extensions[0] : $"{string.Join(", ", extensions[..^1].ToArray())} or {extensions[^1]}";
            argument.AddError($"{((OptionResult)argument.Parent!).Option.Name} expects a file whose name ends in {expected}, not '{file}'.");
        }
        return file;
    }

    /// <summary>An option that takes one of a few words, the first unless given.</summary>
    public static Option<string> Choice(string name, string description, params string[] choices)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', choices),
            DefaultValueFactory = _ => choices[0],
            CustomParser = argument =>
            {
                string text = argument.Tokens[0].Value;
                if (!choices.Contains(text)) argument.AddError($"{name} expects {string.Join(" or ", choices)}, not '{text}'.{NearestWord.Question(choices, text)}");
                return text;
            },
        };
        option.CompletionSources.Add(choices);
        return option;
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
