using StaticCnn.Fuzz;

namespace StaticCnn.Tests;

/// <summary>A few thousand damaged files; tests/Fuzz does millions.</summary>
public class FuzzTests
{
    public static TheoryData<string> Readers => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Readers))]
    public void Damaged_input_is_an_error_and_nothing_worse(string reader)
    {
        var fuzzer = new Fuzzer(FuzzTargets.All.Single(target => target.Name == reader), seed: 20);
        for (int i = 0; i < 20_000; i++) fuzzer.Next();
        Assert.InRange(fuzzer.Answers, 4, 5000); // It got past the first check.
    }
}
