using Generator.Tests.GeneratedCode;
using StaticCnn;
using StaticCnn.Generator;
using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static Generator.Tests.Mutations.Mutation;
using static Generator.Tests.Mutations.Mutator;
using Buffer = StaticCnn.Generator.Plan.Buffer;

namespace Generator.Tests.Mutations;

/// <summary>
/// Tests of the tests: deliberate mistakes in plans and kernels, each of which is found, either by the proofs at generation
/// time or by the numeric verification that <c>mnist verify</c> runs.
/// </summary>
public sealed class MutationTests
{
    private const string Direct =
        """
        [CnnModel(2, 9, 8)]
        [Conv2d(5, 3, Padding = 1, Algorithm = ConvolutionAlgorithm.Direct), ReLU, MaxPool2d(2)]
        [Conv2d(4, 2, Algorithm = ConvolutionAlgorithm.Direct), ReLU]
        [MaxPool2d(2, Stride = 1)]
        [Flatten, Linear(7), ReLU, Dropout(0.3f)]
        [Linear(3)]
        [Training(BatchSize = 21, LearningRate = 0.01f)]
        """;

    private const string Filtered =
        """
        [CnnModel(2, 9, 8)]
        [Conv2d(8, 3, Padding = 1, Algorithm = ConvolutionAlgorithm.Winograd), ReLU, MaxPool2d(2)]
        [Conv2d(8, 3, Padding = 1, Algorithm = ConvolutionAlgorithm.Winograd)]
        [Flatten, Linear(3)]
        [Training(BatchSize = 21, LearningRate = 0.01f)]
        """;

    private const int Bits = 256;
    private const int Lanes = Bits / 32;

    /// <summary>Found when the code is generated: no assembly comes to be.</summary>
    private static readonly Mutation[] FoundByProof =
    [
        OfKernel("a load one vector behind its buffer's end", Direct, "Conv1Forward", OfValue(value => value is Load load ? load with { Index = load.Index + load.Buffer.Length } : null)),
        OfKernel("a load before its buffer's start", Direct, "Fc1Forward", OfValue(value => value is Load load ? load with { Index = load.Index - Lanes } : null)),
        OfKernel("a store one float too far", Direct, "Relu2Gradient", OfStatement(statement => statement is Store store ? [store with { Index = store.Index + (store.Buffer.Length - Lanes + 1) }] : null)),
        OfKernel("a loop that runs once too often", Direct, "Relu2Forward", OfStatement(statement => statement is For loop ? [loop with { Extent = loop.Extent + 8 }] : null)),
        OfKernel("a task too many", Direct, "ConvolutionUpdateRest", kernel => kernel with { Arguments = kernel.Arguments.Select(a => a with { Extent = a.Extent + 1 }).ToEquatableArray() }),
        OfKernel("a transposed block with too wide a pitch", Direct, "Fc1InputTransposed", OfStatement(statement => statement is Transpose t ? [t with { DestinationPitch = t.DestinationPitch * 64 }] : null)),
        OfKernel("a bias read behind the parameters", Direct, "Conv2Forward", OfValue(value => value is Broadcast b ? b with { Index = b.Index + b.Buffer.Length } : null)),
        OfPlan("two buffers that live at once in one place", Direct, plan => plan with { WorkerMemory = Overlapping(plan.WorkerMemory) }),
        OfPlan("a buffer off the grid of cache lines", Direct, plan => plan with { BatchMemory = Moved(plan.BatchMemory, 4) }),
        OfPlan("a part that leaves its buffer", Direct, plan => plan with { Shard = plan.Shard with { Operations = plan.Shard.Operations.Append(OutOfBounds()).ToEquatableArray() } }),
    ];

    /// <summary>Inside memory all the same, so that only results show them.</summary>
    private static readonly Mutation[] FoundByNumbers =
    [
        OfKernel("a wrong offset in the input", Direct, "Conv1Forward", OfValue(value => value is Load load ? load with { Index = load.Index + Lanes } : null)),
        OfKernel("a swapped sign", Direct, "Conv2Forward", OfValue(value => value is Apply { Operator: Operator.MultiplyAdd } a ? new Apply(Operator.Subtract, a.Arguments[2], new Apply(Operator.Multiply, a.Arguments[0], a.Arguments[1])) : null)),
        OfKernel("a missing tap", Direct, "Conv1Forward", OfStatement(statement => statement is Set { Value: Apply { Operator: Operator.MultiplyAdd } } ? [] : null)),
        OfKernel("a wrong weight index", Direct, "Conv2Forward", OfStatement(statement => statement is Set { Target.Name: "weight", Value: Broadcast b } set ? [set with { Value = b with { Index = b.Index.Substitute(new Dictionary<string, int> { ["kh"] = 0 }) } }] : null)),
        OfKernel("a missing bias", Direct, "Fc2Forward", OfValue(value => value is Broadcast { Buffer.Name: var name } && name.Contains("ias", StringComparison.Ordinal) ? new Constant(0) : null)),
        OfKernel("a missing ReLU", Direct, "Relu2Forward", OfValue(value => value is Apply { Operator: Operator.Maximum } a ? a.Arguments[1] : null)),
        OfKernel("a missing ReLU mask in the backward pass", Direct, "Relu2Gradient", OfValue(value => value is Apply { Operator: Operator.Select } a ? a.Arguments[1] : null)),
        OfKernel("a ReLU mask the wrong way round", Direct, "Fc2InputGradient", OfValue(value => value is Apply { Operator: Operator.Greater } a ? new Apply(Operator.Greater, a.Arguments[1], a.Arguments[0]) : null)),
        OfKernel("the smallest of a pooling window", Direct, "Pool2Forward", OfValue(value => value is Apply { Operator: Operator.Maximum } a ? a with { Operator = Operator.Minimum } : value is Apply { Operator: Operator.Greater } g ? new Apply(Operator.Greater, g.Arguments[1], g.Arguments[0]) : null)),
        OfKernel("a gradient for the wrong place of a window", Direct, "Conv1WeightGradient", OfValue(value => value is Apply { Operator: Operator.Equal } a ? new Apply(Operator.Equal, a.Arguments[0], new Constant(3)) : null)),
        OfKernel("overlapping windows that overwrite each other", Direct, "Pool2Gradient", OfValue(value => value is Apply { Operator: Operator.Add } a ? a.Arguments[1] : null)),
        OfKernel("another unit's dropout mask", Direct, "Fc1Forward", OfValue(value => value is DropoutScale d ? d with { Unit = d.Unit + 1 } : null)),
        OfKernel("a gradient without dropout's scale", Direct, "Fc2InputGradient", OfValue(value => value is Apply { Operator: Operator.Multiply } a && a.Arguments[1] is Broadcast { Buffer.Name: "scalars" } ? a.Arguments[0] : null)),
        OfKernel("a tap missing in a weight gradient", Direct, "Conv1WeightGradient", OfStatement(statement => statement is Set { Value: Apply { Operator: Operator.MultiplyAdd } } ? [] : null)),
        OfKernel("a swapped sign in an input gradient", Direct, "Conv2InputGradient", OfValue(value => value is Apply { Operator: Operator.MultiplyAdd } a ? new Apply(Operator.Subtract, a.Arguments[2], new Apply(Operator.Multiply, a.Arguments[0], a.Arguments[1])) : null)),
        OfKernel("an off-by-one extent", Direct, "Conv2BiasGradient", OfStatement(statement => statement is For { Variable: "oh" } loop ? [loop with { Extent = loop.Extent - 1 }] : null)),
        OfKernel("a last output that is never computed", Direct, "Conv1Forward", OfStatement(statement => statement is For { Variable: "ph" } loop ? [loop with { Extent = loop.Extent - 1 }] : null)),
        OfKernel("a shard that is left out of a sum", Direct, "ConvolutionUpdateRest", OfStatement(statement => statement is Set { Value: Apply { Operator: Operator.Add } } ? [] : null)),
        OfKernel("a wrong Adam constant", Direct, "ConvolutionUpdateRest", OfValue(value => value is Broadcast { Buffer.Name: "scalars" } b && b.Index.Equals(3) ? b with { Index = 2 } : null)),
        OfKernel("Adam without its root", Direct, "Fc1Update", OfValue(value => value is Apply { Operator: Operator.SquareRoot } a ? a.Arguments[0] : null)),
        OfKernel("Adam without epsilon", Direct, "Fc2Update", OfValue(value => value is Broadcast { Buffer.Name: "scalars" } b && b.Index.Equals(6) ? new Constant(0.01f) : null)),
        OfKernel("a wrong buffer: the moments exchanged", Direct, "ConvolutionUpdateRest", Exchanged),
        OfKernel("a moment that is not stored", Direct, "Fc2BiasUpdate", OfStatement(statement => statement is Store { Buffer.Space: Space.SecondMoments } ? [] : null)),
        OfKernel("a row of a linear weight taken for the next", Direct, "Fc1Update", OfValue(value => value is Broadcast { Buffer.Name: var name } b && name != "scalars" ? b with { Index = b.Index + 1 } : null)),
        OfKernel("one image's convolution with a wrong weight", Direct, "Conv1", OfValue(value => value is Load { Buffer.Name: var name } load && name.Contains("eight", StringComparison.Ordinal) ? load with { Index = load.Index.Substitute(new Dictionary<string, int> { ["kh"] = 0 }) } : null)),
        OfPlan("a lost barrier: the next layer before the one whose output it reads", Direct, plan => plan with { Shard = Swapped(plan.Shard, "conv1Forward", "conv2Forward") }),
        OfPlan("a lost barrier: the weight gradient before the output's gradient", Direct, plan => plan with { Shard = Swapped(plan.Shard, "relu2Gradient", "conv2WeightGradient") }),
        OfPlan("an operation that is left out", Direct, plan => plan with { Shard = Without(plan.Shard, "fc1InputTransposed") }),
        OfOrder("a lost barrier: products before the transform", Filtered, "conv2Forward", lowered => lowered with { PerRow = lowered.PerRow.Reverse().ToEquatableArray() }),
        OfOrder("sums that do not start at zero", Filtered, "conv2WeightGradient", lowered => lowered with { Before = EquatableArray<Kernel>.Empty }),
        OfOrder("a row of tiles that is left out", Filtered, "conv1Forward", lowered => lowered with { Rows = lowered.Rows.Take(lowered.Rows.Count - 1).ToEquatableArray() }),
        OfPlan("a lost barrier: spectra of the step before", Filtered, plan => plan with { Spectra = Without(plan.Spectra, "conv2ForwardSpectra") }),
        OfKernel("a wrong coefficient in a transform", Filtered, "Conv2ForwardIn", OfValue(value => value is Constant { Number: not (0 or 1 or -1) } c ? c with { Number = c.Number * 1.01f } : null)),
        OfKernel("a wrong coefficient on the way back", Filtered, "Conv2ForwardOut", OfValue(value => value is Constant { Number: not (0 or 1 or -1) } c ? c with { Number = -c.Number } : null)),
        OfKernel("taps that never reach their weights", Filtered, "Conv2WeightGradientScatter", OfStatement(statement => statement is Move ? [] : null)),
    ];

    [Fact]
    public void MistakesThatLeaveMemoryAreFoundWhenTheCodeIsGenerated()
    {
        foreach (var mutation in FoundByProof)
        {
            string message = Assert.Throws<InvalidOperationException>(() => { mutation.Emit("Mutant", Bits); }).Message;
            Assert.True(
                message.StartsWith("The plan is wrong: ", StringComparison.Ordinal) || message.StartsWith("The kernel ", StringComparison.Ordinal),
                $"{mutation.Name}: {message}");
        }
    }

    /// <summary>The same networks without a mistake pass, so it is the mistake that is found.</summary>
    [Fact]
    public void MistakesWithinMemoryAreFoundByTheVerification()
    {
        Mutation[] all = [OfPlan(Nothing, Direct, plan => plan), OfPlan(Nothing, Filtered, plan => plan), .. FoundByNumbers];
        using var compiled = GeneratorHarness.CompileGenerated([.. all.SelectMany((mutation, i) => mutation.Emit($"Mutant{i}", Bits))]);
        var survivors = new List<string>();
        for (int i = 0; i < all.Length; i++)
        {
            var failed = TestModel.Create(compiled[$"Mutant{i}"]).Verify([Bits], new VerificationOptions { Images = 11 }).Where(result => !result.Passed).ToList();
            if (i < 2) Assert.True(failed.Count == 0, string.Join('\n', failed));
            else if (failed.Count == 0) survivors.Add(all[i].Name);
        }

        Assert.True(survivors.Count == 0, "Not found: " + string.Join("; ", survivors));
    }

    [Fact]
    public void ThereAreManyDifferentMistakes() =>
        Assert.InRange(FoundByProof.Concat(FoundByNumbers).Select(mutation => mutation.Name).Distinct().Count(), 40, 1000);

    private static Program Swapped(Program program, string one, string other)
    {
        var operations = program.Operations.ToList();
        int i = operations.FindIndex(operation => operation.Name == one), j = operations.FindIndex(operation => operation.Name == other);
        (operations[i], operations[j]) = (operations[j], operations[i]);
        return program with { Operations = operations.ToEquatableArray() };
    }

    private static Program Without(Program program, string name)
    {
        Assert.Contains(program.Operations, operation => operation.Name == name);
        return program with { Operations = program.Operations.Where(operation => operation.Name != name).ToEquatableArray() };
    }

    private static Memory Overlapping(Memory memory)
    {
        var placements = memory.Placements.ToList();
        int moved = placements.FindIndex(one => one.Offset > 0 && placements.Any(other => other.Offset < one.Offset && other.Lifetime.Overlaps(one.Lifetime)));
        placements[moved] = placements[moved] with { Offset = placements.First(other => other.Offset < placements[moved].Offset && other.Lifetime.Overlaps(placements[moved].Lifetime)).Offset };
        return new Memory(placements.ToEquatableArray());
    }

    private static Memory Moved(Memory memory, int by) =>
        new(memory.Placements.Select(placement => placement with { Offset = placement.Offset + by }).ToEquatableArray());

    private static BiasGradient OutOfBounds()
    {
        var part = new Buffer("whole", Space.Worker, 100).Part("part", 91, 10);
        return new BiasGradient("wrong", new View(part, 1, 1, 1, 0, 1, 1, 1), part);
    }

    private static Kernel Exchanged(Kernel kernel)
    {
        Buffer Other(Buffer buffer, Buffer first, Buffer second) => buffer == first ? second : buffer == second ? first : buffer;
        var (m, v) = (kernel.Buffers.First(buffer => buffer.Space == Space.FirstMoments), kernel.Buffers.First(buffer => buffer.Space == Space.SecondMoments));
        return OfStatement(statement => statement is Store store && Other(store.Buffer, m, v) != store.Buffer ? [store with { Buffer = Other(store.Buffer, m, v) }] : null)(kernel);
    }
}
