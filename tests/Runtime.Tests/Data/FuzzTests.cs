using System.Diagnostics;
using System.Globalization;

namespace StaticCnn.Tests;

/// <summary>Thousands of damaged inputs, shared by the readers; tests/Fuzz does millions.</summary>
public class FuzzTests
{
    [Fact]
    public void Damaged_input_is_an_error_and_nothing_worse()
    {
        string thousands = Suite.Count(15, 60).ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Fuzz.dll"), thousands, "20"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);

        // It got past the first checks: by far more than the seeds alone reach.
        string[] readers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..^1];
        Assert.Equal(9, readers.Length);
        Assert.All(readers, reader => Assert.InRange(int.Parse(reader[33..40], CultureInfo.InvariantCulture), 40, 65536));
    }
}
