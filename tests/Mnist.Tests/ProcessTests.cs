using System.Text.Json;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests;

/// <summary>The program as a process: on a terminal or without one, with streams that are closed or full, and interrupted.</summary>
public sealed class ProcessTests : IDisposable
{
    private const int KilledBySigint = 128 + 2, KilledBySigterm = 128 + 15;

    private readonly TemporaryFolder _folder = new();

    public ProcessTests()
    {
        SyntheticData.WriteTo(_folder["data"]);
        SimpleCnn.Create(seed: 1).Save(_folder["w.safetensors"]);
    }

    private string Train => $"train --epochs 1 --data {_folder["data"]} --weights {_folder["new.safetensors"]}";

    public void Dispose() => _folder.Dispose();

    [LinuxTheory]
    [InlineData("info --json")]
    [LongInlineData("digits --count 60 --out {folder}/digits --json")]
    [LongInlineData("train --epochs 1 --data {folder}/data --weights {folder}/new.safetensors --json")]
    public async Task On_a_pseudo_terminal_nothing_stands_before_the_json(string command)
    {
        var run = await Shell.RunAsync($"script -qec '{Shell.Mnist} {command.Replace("{folder}", _folder.Path, StringComparison.Ordinal)} 2>/dev/null' /dev/null");
        Assert.StartsWith("{", run.Out);
        JsonDocument.Parse(run.Out).Dispose();
    }

    [LinuxTheory]
    [InlineData(80, true)]
    [InlineData(20, false)]
    public async Task A_bar_is_drawn_where_it_fits_a_line(int columns, bool isDrawn)
    {
        var run = await Shell.RunAsync($"script -qec 'stty cols {columns} rows 24; {Shell.Mnist} {Train}' /dev/null");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Epoch 1/1: loss ", run.Out);
        Assert.Equal(isDrawn, run.Out.Contains("100%", StringComparison.Ordinal));
        Assert.Equal(isDrawn, run.Out.Contains('\u001b', StringComparison.Ordinal));
    }

    [LinuxFact]
    public async Task A_training_without_standard_output_or_error_ends_as_any_other()
    {
        Assert.Equal(0, (await Shell.RunAsync($"exec {Shell.Mnist} {Train} >&- 2>&-")).ExitCode);
        SimpleCnn.Load(_folder["new.safetensors"]);
        Assert.Equal(2, (await Shell.RunAsync($"exec {Shell.Mnist} teach 2>&-")).ExitCode);
    }

    [LinuxFact]
    public async Task A_training_whose_output_finds_no_room_is_not_lost()
    {
        var run = await Shell.RunAsync($"exec {Shell.Mnist} {Train} >/dev/full");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("mnist: error SCNN106: Not all of the output could be written (No space left on device", run.Error);
        SimpleCnn.Load(_folder["new.safetensors"]);
    }

    [LinuxFact]
    public async Task Standard_input_that_is_closed_is_not_waited_for()
    {
        var run = await Shell.RunAsync($"exec {Shell.Mnist} predict --weights {_folder["w.safetensors"]} - <&-");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("SCNN120: -: standard input is closed; name a file, or pipe one in.", run.Error);
    }

    /// <summary>Each would wait or compute, most of them for minutes.</summary>
    [LinuxTheory]
    [InlineData("predict --weights {folder}/w.safetensors -", "INT")]
    [LongInlineData("predict --weights {folder}/w.safetensors -", "TERM")]
    [InlineData("info --cost --seconds 600", "TERM")]
    [LongInlineData("digits --count 2000000 --out {folder}/digits", "TERM")]
    [LongInlineData("bench --data procedural:2000000", "INT")]
    [LongInlineData("verify", "TERM")]
    public async Task A_signal_ends_every_command(string command, string signal)
    {
        var run = await Shell.RunAsync($"exec {Shell.Mnist} {command.Replace("{folder}", _folder.Path, StringComparison.Ordinal)}", signal);
        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("mnist: error SCNN105: interrupted; every file is as it was before, or whole.\n", run.Error);
        Assert.False(Directory.Exists(_folder["digits"]));
    }

    [LinuxFact]
    public async Task A_second_signal_ends_the_process_at_once()
    {
        var run = await Shell.RunAsync($"exec {Shell.Mnist} predict --weights {_folder["w.safetensors"]} -", "INT", "TERM");
        Assert.Contains(run.ExitCode, new[] { KilledBySigint, KilledBySigterm });
        Assert.Empty(run.Error);
    }
}
