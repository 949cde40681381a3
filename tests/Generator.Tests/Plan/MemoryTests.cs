using CsCheck;
using StaticCnn.Generator;
using StaticCnn.Generator.Plan;
using Buffer = StaticCnn.Generator.Plan.Buffer;

namespace Generator.Tests.Plan;

/// <summary>The allocator, and the verifier that does not trust it.</summary>
public class MemoryTests
{
    private static readonly Gen<Lifetime[]> Lifetimes = Gen.Select(Gen.Int[1, 100], Gen.Int[1, 3], Gen.Int[0, 20], Gen.Int[0, 8], Gen.Int[0, 9])
        .Array[0, 25].Select(items => items.Select((item, i) => new Lifetime(
            new Buffer($"b{i}", Space.Worker, item.Item1, item.Item2, Keeps: item.Item5 == 0), item.Item3, item.Item3 + item.Item4)).ToArray());

    [Fact]
    public void LivingBuffersDoNotOverlap() => Lifetimes.Sample(lifetimes =>
    {
        var memory = BufferAllocator.Allocate(lifetimes);
        PlanVerifier.Verify(memory);
        Assert.Equal(lifetimes.Select(lifetime => lifetime.Buffer.Name).Order(), memory.Placements.Select(placement => placement.Lifetime.Buffer.Name).Order());
        foreach (var one in memory.Placements)
        {
            Assert.Equal(0, one.Offset % 16);
            Assert.True(one.End <= memory.Length);
            Assert.Equal(one.Offset, memory.OffsetOf(one.Lifetime.Buffer));
            foreach (var other in memory.Placements.Where(other => other != one))
            {
                bool alive = one.Lifetime.Buffer.Keeps || other.Lifetime.Buffer.Keeps
                    || Enumerable.Range(one.Lifetime.First, one.Lifetime.Last - one.Lifetime.First + 1)
                        .Intersect(Enumerable.Range(other.Lifetime.First, other.Lifetime.Last - other.Lifetime.First + 1)).Any();
                Assert.False(alive && one.Offset < other.End && other.Offset < one.End, $"{one} and {other}");
            }
        }
    });

    [Fact]
    public void TimesThatDoNotMeetShareMemory()
    {
        var memory = BufferAllocator.Allocate([new(new("a", Space.Worker, 64), 0, 1), new(new("b", Space.Worker, 64), 2, 3)]);
        Assert.Equal(64, memory.Length);
    }

    [Theory]
    [InlineData(0, 48, 2, 3, "'a'")]
    [InlineData(8, 200, 9, 9, "multiple of 16")]
    [InlineData(-16, 200, 9, 9, "multiple of 16")]
    public void TheVerifierFindsWhatIsWrong(int first, int second, int from, int to, string message)
    {
        var memory = Memory((first, 0, 2), (second, from, to));
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => PlanVerifier.Verify(memory)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheVerifierAcceptsWhatIsRight()
    {
        PlanVerifier.Verify(Memory((0, 0, 2), (64, 2, 3)));
        PlanVerifier.Verify(Memory((0, 0, 2), (0, 3, 4)));
    }

    [Fact]
    public void TheVerifierFindsABufferMovedOntoAnother()
    {
        var plan = Declared.Plan(Declared.SimpleCnn, 512);
        PlanVerifier.Verify(plan);
        var placements = plan.WorkerMemory.Placements.ToList();
        int moved = placements.FindIndex(placement => placement.Offset > 0 && placements.Any(other =>
            other.Offset < placement.Offset && other.Lifetime.Overlaps(placement.Lifetime)));
        var below = placements.First(other => other.Offset < placements[moved].Offset && other.Lifetime.Overlaps(placements[moved].Lifetime));
        placements[moved] = placements[moved] with { Offset = below.Offset };
        Assert.Throws<InvalidOperationException>(() => PlanVerifier.Verify(plan with { WorkerMemory = new Memory(placements.ToEquatableArray()) }));
    }

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(91, 10)]
    [InlineData(0, 101)]
    public void TheVerifierFindsAPartThatLeavesItsParent(int offset, int length)
    {
        var plan = Declared.Plan(Declared.SimpleCnn, 256);
        var part = new Buffer("whole", Space.Worker, 100).Part("part", offset, length);
        var wrong = new BiasGradient("wrong", new View(part, 1, 1, 1, 0, 1, 1, 1), part);
        var programs = plan with { Shard = new Program("Shard", plan.Shard.Operations.Append(wrong).ToEquatableArray()) };
        Assert.Contains("'part'", Assert.Throws<InvalidOperationException>(() => PlanVerifier.Verify(programs)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PlansOfRandomNetworksAreSound() => GeneratedCode.RandomNetwork.Any.Sample(network =>
    {
        foreach (int bits in GeneratedCode.TestModel.Widths) PlanVerifier.Verify(Declared.Plan(network.Attributes, bits));
    }, iter: 60, threads: 1);

    private static Memory Memory(params (int Offset, int First, int Last)[] placements) => new(placements.Select((placement, i) =>
        new Placement(new Lifetime(new Buffer(i == 0 ? "a" : "b", Space.Worker, 64), placement.First, placement.Last), placement.Offset)).ToEquatableArray());
}
