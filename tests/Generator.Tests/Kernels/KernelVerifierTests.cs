using CsCheck;
using Generator.Tests.GeneratedCode;
using StaticCnn.Generator;
using StaticCnn.Generator.Kernels;
using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static StaticCnn.Generator.Kernels.Ir.Values;
using Buffer = StaticCnn.Generator.Plan.Buffer;

namespace Generator.Tests.Kernels;

/// <summary>The verifier accepts what the lowerings write and finds what is out of bounds.</summary>
public class KernelVerifierTests
{
    private static readonly Target Target = new(512);
    private static readonly Buffer Floats = new("floats", Space.Worker, 160);

    [Fact]
    public void TheKernelsOfRandomNetworksAreAccepted() => RandomNetwork.Any.Sample(network =>
    {
        foreach (int bits in TestModel.Widths)
        {
            var plan = Declared.Plan(network.Attributes, bits);
            foreach (var kernel in Declared.Kernels(plan)) KernelVerifier.Verify(kernel, plan.Target);
        }
    }, iter: 40, threads: 1);

    /// <summary>One access in ten of the buffer's vectors: a step too far in any direction is found.</summary>
    [Theory]
    [InlineData(10, 16, 0, true)]
    [InlineData(11, 16, 0, false)]
    [InlineData(10, 17, 0, false)]
    [InlineData(10, 16, 1, false)]
    [InlineData(10, 16, 16, false)]
    [InlineData(9, 16, 16, true)]
    [InlineData(10, 16, -1, false)]
    [InlineData(10, -16, 144, true)]
    [InlineData(10, -16, 143, false)]
    public void AnAccessOutsideIsFound(int extent, int pitch, int offset, bool valid)
    {
        var loads = new Block();
        loads.For("i", extent, (at, i) => at.Set(new Register("x"), Load(Floats, i * pitch + offset)));
        var stores = new Block();
        stores.For("i", extent, (at, i) => at.Store(Floats, i * pitch + offset, 0f));
        foreach (var block in new[] { loads, stores })
        {
            var kernel = KernelOf(block);
            if (valid) KernelVerifier.Verify(kernel, Target);
            else Assert.Contains("'floats', which has 160", Assert.Throws<InvalidOperationException>(() => KernelVerifier.Verify(kernel, Target)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(159, true)]
    [InlineData(160, false)]
    [InlineData(-1, false)]
    public void ASingleFloatMayBeTheLast(int index, bool valid)
    {
        var block = new Block();
        block.Set(new Register("x"), Broadcast(Floats, index) + 1f);
        block.StoreSum(Floats, index, new Register("x"));
        if (valid) KernelVerifier.Verify(KernelOf(block), Target);
        else Assert.Throws<InvalidOperationException>(() => KernelVerifier.Verify(KernelOf(block), Target));
    }

    [Fact]
    public void AnArgumentCountsAsALoop()
    {
        var block = new Block();
        block.Store(Floats, Affine.Variable("task") * 16, 0f);
        KernelVerifier.Verify(KernelOf(block, new Argument("task", 10)), Target);
        Assert.Throws<InvalidOperationException>(() => KernelVerifier.Verify(KernelOf(block, new Argument("task", 11)), Target));
        Assert.Throws<InvalidOperationException>(() => KernelVerifier.Verify(KernelOf(block), Target));
    }

    [Fact]
    public void AVariableMayNotHideAnother()
    {
        var block = new Block();
        block.For("i", 2, (outer, _) => outer.For("i", 2, (inner, i) => inner.Store(Floats, i, 0f)));
        Assert.Contains("'i' hides", Assert.Throws<InvalidOperationException>(() => KernelVerifier.Verify(KernelOf(block), Target)).Message, StringComparison.Ordinal);
    }

    /// <summary>Every loop of every kernel that touches memory by its variable: running once more often is mostly out of bounds, running on for ever always.</summary>
    [Fact]
    public void LongerLoopsAreFound()
    {
        foreach (var kernel in Declared.Kernels(Declared.Plan(Declared.SimpleCnn, 512)))
        {
            var longer = kernel with { Body = Longer(kernel.Body) };
            if (longer != kernel) Assert.Throws<InvalidOperationException>(() => KernelVerifier.Verify(longer, Target));
        }
    }

    private static EquatableArray<Statement> Longer(EquatableArray<Statement> body) => body.Select(statement => statement is For loop
        ? loop with { Extent = loop.Extent + 1, Body = Longer(loop.Body) }
        : statement).ToEquatableArray();

    private static Kernel KernelOf(Block block, params Argument[] arguments) =>
        new("Test", "A test", arguments.ToEquatableArray(), block.Statements);
}
