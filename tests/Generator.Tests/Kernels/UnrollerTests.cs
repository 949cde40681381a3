using StaticCnn.Generator;
using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static StaticCnn.Generator.Kernels.Ir.Values;
using Buffer = StaticCnn.Generator.Plan.Buffer;

namespace Generator.Tests.Kernels;

public class UnrollerTests
{
    private static readonly Buffer Floats = new("floats", Space.Worker, 1 << 20);

    [Fact]
    public void MarkedLoopsAreWrittenOutInOrder()
    {
        var block = new Block();
        block.Unroll("i", 2, (outer, i) => outer.Unroll("j", 3, (inner, j) => inner.Store(Floats, i * 100 + j * 16, 0f)));
        Assert.Equal(new long[] { 0, 16, 32, 100, 116, 132 }, Touched(Unroll(block)));
        Assert.DoesNotContain(Unroll(block), statement => statement is For);
    }

    [Fact]
    public void OtherLoopsStayUnlessTheyRunOnce()
    {
        var block = new Block();
        block.For("i", 2, (outer, i) => outer.Unroll("j", 3, (inner, j) => inner.Store(Floats, i * 100 + j * 16, 0f)));
        block.For("once", 1, (at, i) => at.Store(Floats, i + 7, 0f));
        block.For("never", 0, (at, i) => at.Store(Floats, i, 0f));
        var body = Unroll(block);
        Assert.Equal(2, body.Count);
        Assert.Equal(3, Assert.IsType<For>(body[0]).Body.Count);
        Assert.IsType<Store>(body[1]);
        Assert.Equal(new long[] { 0, 16, 32, 100, 116, 132, 7 }, Touched(body));
    }

    [Fact]
    public void SubscriptsBecomeConstant()
    {
        var block = new Block();
        block.Unroll("t", 2, (at, t) => at.Set(new Register("sum", t), Load(Floats, t) + new Register("x", t + 1)));
        Assert.Equal(
            [new Register("sum", 0), new Register("sum", 1)],
            Unroll(block).OfType<Set>().Select(set => set.Target));
    }

    /// <summary>What a kernel touches is the same before and after.</summary>
    [Fact]
    public void PiecesCoverTheirLength()
    {
        foreach (var (length, most) in new[] { (10, 4), (7, 7), (1, 5), (33, 16) })
        {
            var block = new Block();
            block.Split("i", length, most, (at, i, size) => at.Unroll("t", size, (inner, t) => inner.Store(Floats, i + t, 0f)));
            Assert.Equal(Enumerable.Range(0, length).Select(i => (long)i), Touched(Unroll(block)));
            Assert.Equal(Touched(block.Statements), Touched(Unroll(block)));
        }
    }

    private static EquatableArray<Statement> Unroll(Block block) =>
        Unroller.Unroll(new Kernel("Test", "A test", EquatableArray<Argument>.Empty, block.Statements)).Body;

    /// <summary>The indices of all accesses in the order in which they happen.</summary>
    private static IEnumerable<long> Touched(IEnumerable<Statement> body) => body.SelectMany(statement => statement is For loop
        ? Enumerable.Range(0, loop.Extent).SelectMany(i => Touched(loop.Body.Select(inner => Walk.Substitute(inner, new Dictionary<string, int> { [loop.Variable] = i }))))
        : Indices(statement));

    private static List<long> Indices(Statement statement)
    {
        var indices = new List<long>();
        Walk.Accesses(statement, 1, access => indices.Add(access.Index.Constant));
        return indices;
    }
}
