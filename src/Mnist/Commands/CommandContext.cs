using System.Collections.Immutable;
using System.Globalization;
using Spectre.Console;
using StaticCnn.Mnist.Data;

namespace StaticCnn.Mnist.Commands;

/// <summary>The values of the shared options, and the world that a command runs in.</summary>
internal sealed class CommandContext(Host host)
{
    private static readonly TimeSpan DefaultStall = TimeSpan.FromSeconds(15);

    private const int LeastWidth = 40;

    private IAnsiConsole? _console;

    /// <summary>The world.</summary>
    public Host Host { get; } = host;

    /// <summary><c>--data</c>.</summary>
    public required string? DataName { get; init; }

    /// <summary><c>--weights</c>.</summary>
    public required string? WeightsFile { get; init; }

    /// <summary><c>--seed</c>.</summary>
    public required ulong Seed { get; init; }

    /// <summary><c>--threads</c>.</summary>
    public required int Threads { get; init; }

    /// <summary><c>--json</c>.</summary>
    public required bool Json { get; init; }

    /// <summary><c>--mirrors</c>.</summary>
    public required ImmutableArray<Uri>? Mirrors { get; init; }

    /// <summary><c>--require-download</c>.</summary>
    public required bool RequireDownload { get; init; }

    /// <summary>Where text for people goes.</summary>
    public TextWriter Text => Json ? Host.Error : Host.Out;

    /// <summary>Whether to draw for a terminal rather than to write plain lines.</summary>
    public bool IsTerminal => Host.IsTerminal && !Json;

    /// <summary>Whether the terminal is wide enough for a bar, which would be repeated where it does not fit a line.</summary>
    public bool HasRoomForBar => IsTerminal && System.Console.WindowWidth >= LeastWidth;

    /// <summary>Renders tables and bars on <see cref="Text"/>.</summary>
    public IAnsiConsole Console => _console ??= CreateConsole();

    /// <summary>The weights file of a network.</summary>
    public string WeightsOf(string model) => WeightsFile ?? Path.Combine("weights", model + ".safetensors");

    /// <summary>The data that the user names with <c>--data</c>, else with <c>STATICCNN_DATA</c>; null where neither is set.</summary>
    public IDataSource? FindNamedData()
    {
        if ((DataName ?? Host.Variable("STATICCNN_DATA")) is not { } name) return null;
        if (!ProceduralData.IsNamedBy(name)) return DataLocation.OfFolder(name, Host.Files);
        return ProceduralData.Parse(name) ?? throw new ProgramException(
            Failure.Usage, $"STATICCNN_DATA should be {ProceduralData.Expected}, not '{name}'.");
    }

    /// <summary>Finds the data: what the user names, else the cache, filled from the mirrors where need be.</summary>
    /// <param name="cancellation">Ends a download.</param>
    /// <param name="log">Receives the progress of downloads; <see cref="Text"/> unless given.</param>
    public async Task<IDataSource> FindDataAsync(CancellationToken cancellation, TextWriter? log = null)
    {
        if (FindNamedData() is { } named) return named;
        using var downloader = new Downloader(DataCache.Locate(Host.Variable), MirrorsInUse(), StallLimit(), log ?? Text);
        return await DataLocation.OfCacheAsync(downloader, Host.Files, cancellation);
    }

    /// <summary>Finds the data as <see cref="FindDataAsync"/> does; where no mirror serves it, warns and takes procedural digits.</summary>
    /// <inheritdoc cref="FindDataAsync"/>
    public async Task<IDataSource> FindOrDrawDataAsync(CancellationToken cancellation, TextWriter? log = null)
    {
        try
        {
            return await FindDataAsync(cancellation, log);
        }
        catch (DownloadException e) when (!RequireDownload)
        {
            Host.WriteWarning(
                Warning.ProceduralDigits,
                $"MNIST could not be downloaded ({string.Join("; ", e.Reasons)}): training and testing use procedural digits, " +
                $"which the program draws, instead. {DownloadException.Remedy}");
            return new ProceduralData();
        }
    }

    private ImmutableArray<Uri> MirrorsInUse()
    {
        if (Mirrors is { } given) return given;
        if (Host.Variable("STATICCNN_MIRRORS") is not { } text) return Data.Mirrors.Default;
        if (Data.Mirrors.TryParse(text, out var mirrors)) return mirrors;
        throw new ProgramException(Failure.Usage, $"STATICCNN_MIRRORS should hold http or https addresses separated by ';', not '{text}'.");
    }

    private TimeSpan StallLimit()
    {
        if (Host.Variable("STATICCNN_STALL_SECONDS") is not { } text) return DefaultStall;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 86_400)
            return TimeSpan.FromSeconds(seconds);
        throw new ProgramException(Failure.Usage, $"STATICCNN_STALL_SECONDS should be a positive number of seconds, not '{text}'.");
    }

    private IAnsiConsole CreateConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            // The host has looked at the terminal; on Windows there is more to find out.
            Ansi = !IsTerminal ? AnsiSupport.No : OperatingSystem.IsWindows() ? AnsiSupport.Detect : AnsiSupport.Yes,
            ColorSystem = !IsTerminal || Host.Variable("NO_COLOR") is not null ? ColorSystemSupport.NoColors
                : OperatingSystem.IsWindows() ? ColorSystemSupport.Detect : ColorSystemSupport.Standard,
            Interactive = IsTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(Text),
        });
        console.Profile.Width = IsTerminal ? Math.Max(LeastWidth, System.Console.WindowWidth) : 120;
        return console;
    }
}
