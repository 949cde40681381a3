using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;

namespace Generator.Tests.GeneratedCode;

/// <summary>
/// The generated code's tests once more in processes that have AVX-512, or AVX2 as well, switched off: the wider kernels
/// then run in software, and the class chooses narrower ones.
/// </summary>
public class NarrowVectorsTests
{
    /// <summary>What the child process expects; unset otherwise.</summary>
    private const string ExpectedBits = "STATICCNN_TEST_VECTOR_BITS";

    private const string Declaration =
        "using StaticCnn; [CnnModel(1, 5, 5), Conv2d(2, 2), ReLU, Flatten, Linear(2)] public partial class Net;";

    [Theory]
    [InlineData(256, "DOTNET_EnableAVX512")]
    [InlineData(128, "DOTNET_EnableAVX2")]
    public async Task TheTestsPassWithNarrowerVectors(int bits, string @switch)
    {
        if (Environment.GetEnvironmentVariable(ExpectedBits) is not null) return;
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                [@switch] = "0",
                [ExpectedBits] = bits.ToString(CultureInfo.InvariantCulture),
                ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            },
        };
        string[] tests = [nameof(TheWidestAcceleratedVectorsAreChosen), nameof(RandomNetworksTests.AFewNetworksComputeWhatTheReferenceComputes)];
        string[] subset = Suite.IsLong ? [.. tests, nameof(GoldenTests)] : tests;
        string filter = string.Join('|', subset.Select(name => $"FullyQualifiedName~{name}"));
        foreach (string argument in new[] { "test", typeof(NarrowVectorsTests).Assembly.Location, "--filter", filter }) start.ArgumentList.Add(argument);

        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync();
        string output = await child.StandardOutput.ReadToEndAsync() + await errors;
        await child.WaitForExitAsync();

        Assert.True(child.ExitCode == 0, output);
        Assert.Matches(Suite.IsLong ? @"Passed!.*Failed:\s+0, Passed:\s+\d\d" : @"Passed!.*Failed:\s+0, Passed:\s+2,", output);
    }

    /// <summary>In the child process this also holds that the switch works: names of switches have changed before.</summary>
    [Fact]
    public void TheWidestAcceleratedVectorsAreChosen()
    {
        int widest = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        if (Environment.GetEnvironmentVariable(ExpectedBits) is { } expected)
            Assert.Equal(expected, widest.ToString(CultureInfo.InvariantCulture));

        using var compiled = GeneratorHarness.Compile(Declaration);
        Assert.Contains($"\n{widest}-bit vectors", (string)compiled["Net"].GetProperty("Plan")!.GetValue(null)!, StringComparison.Ordinal);
    }
}
