using StaticCnn.Generator.Kernels;
using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using Buffer = StaticCnn.Generator.Plan.Buffer;

namespace Generator.Tests.Plan;

/// <summary>Updates that run beside shards must not touch what the shards' later steps write, nor write what those touch.</summary>
public class EarlyUpdatesTests
{
    public static TheoryData<string> Networks =>
    [
        Declared.SimpleCnn,
        "[CnnModel(2, 9, 7)] [Conv2d(3, 3, Bias = false), ReLU, Conv2d(5, 2), Dropout(0.5f)] [Flatten, Linear(7, Bias = false), Dropout(0.1f), Linear(3)] [Training(BatchSize = 9)]",
        "[CnnModel(1, 8, 8)] [MaxPool2d(3, Stride = 2), ReLU] [Flatten, Dropout(0.5f), Linear(6), ReLU, Linear(2, Bias = false)] [Training(BatchSize = 40)]",
        "[CnnModel(1, 5, 5)] [Flatten, Linear(3)]",
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    public void NoLaterStepOfAShardIsInTheirWay(string attributes)
    {
        foreach (int bits in (int[])[512, 256, 128])
        {
            var plan = Declared.Plan(attributes, bits);
            var early = plan.Early;
            var updates = plan.Update.Operations.Take(early.Operations).SelectMany(operation => Touches(operation, plan)).ToList();
            foreach (var operation in plan.Shard.Operations.Skip(early.AfterStep))
            {
                foreach (var (buffer, isStore) in Touches(operation, plan))
                {
                    Assert.DoesNotContain(updates, update => (isStore || update.IsStore) && Overlap(plan, buffer, update.Buffer));
                }
            }
        }
    }

    [Fact]
    public void AllLinearLayersAreEarlyAndTheConvolutionsBackwardPassIsBesideThem()
    {
        var plan = Declared.Plan(Declared.SimpleCnn, 512);
        Assert.Equal("fc1BiasUpdate", plan.Update.Operations[plan.Early.Operations - 1].Name);
        Assert.Equal("fc1InputGradient", plan.Shard.Operations[plan.Early.AfterStep - 1].Name);
    }

    private static bool Overlap(NetworkPlan plan, Buffer one, Buffer other)
    {
        if (one.Space != other.Space) return false;
        int start = plan.OffsetOf(plan.Shard, one), otherStart = plan.OffsetOf(plan.Update, other);
        return start < otherStart + End(other) && otherStart < start + End(one);

        static int End(Buffer buffer) => ((buffer.Copies - 1) * buffer.CopyPitch) + buffer.Length;
    }

    /// <summary>By the kernels' loads and stores; what has none, such as the loss, may write all that it names.</summary>
    private static IEnumerable<(Buffer Buffer, bool IsStore)> Touches(Operation operation, NetworkPlan plan)
    {
        var kernels = Lowering.Lower(operation, plan.Target).Kernels.ToList();
        if (kernels.Count == 0) return operation.Buffers.Select(buffer => (buffer, true));
        var touches = new HashSet<(Buffer, bool)>();
        foreach (var kernel in kernels) Walk.Accesses(kernel.Body, plan.Target.Lanes, access => touches.Add((access.Buffer, access.IsStore)));
        return touches;
    }
}
