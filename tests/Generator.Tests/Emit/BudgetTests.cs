using StaticCnn.Generator.Emit;

namespace Generator.Tests.Emit;

/// <summary>Lowering is most of the work, so nothing is lowered for the analyzer that has been lowered before.</summary>
[Collection(Alone)]
public class BudgetTests
{
    private const string Alone = "Alone, because the answers of all tests are remembered in one place";

    [Fact]
    public void TheGeneratorsAnswerIsAtHandForTheAnalyzer()
    {
        const string Attributes = "[CnnModel(1, 9, 9), Conv2d(3, 2), ReLU, Flatten, Linear(11)]";
        var network = Declared.Network(Attributes);
        Assert.False(Budget.Knows(network));

        using var compiled = GeneratorHarness.Compile($"using StaticCnn;\n{Attributes}\npublic sealed partial class Net;");

        Assert.True(Budget.Knows(network));
        Assert.Null(Budget.Excess(network));
        Assert.False(Budget.Knows(Declared.Network(Attributes.Replace("Linear(11)", "Linear(12)"))));
    }

    [Fact]
    public void AnExcessIsFoundOnce()
    {
        const string Attributes = "[CnnModel(64, 1024, 1024)] [MaxPool2d(32), Flatten, Linear(2)]";

        var error = Budget.Excess(Declared.Network(Attributes));

        Assert.NotNull(error);
        Assert.Same(error, Budget.Excess(Declared.Network(Attributes)));
    }

    /// <summary>The memory is bounded: an editor that runs for days sees any number of declarations.</summary>
    [Fact]
    public void OldAnswersAreForgotten()
    {
        var first = Declared.Network("[CnnModel(64, 1024, 1024)] [MaxPool2d(32), Flatten, Linear(3)]");
        Budget.Excess(first);
        for (int i = 0; i < 64; i++) Budget.Excess(Declared.Network($"[CnnModel(64, 1024, 1024)] [MaxPool2d(32), Flatten, Linear({i + 4})]"));

        Assert.False(Budget.Knows(first));
    }

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public class AloneCollection;
}
