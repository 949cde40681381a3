using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static StaticCnn.Generator.Kernels.Ir.Values;
using Buffer = StaticCnn.Generator.Plan.Buffer;

namespace StaticCnn.Generator.Kernels;

/// <summary>
/// Adam, as PyTorch computes it: m = beta1*m + (1-beta1)*g; v = beta2*v + (1-beta2)*g*g;
/// w -= lr/(1-beta1^t) * m / (sqrt(v)/sqrt(1-beta2^t) + epsilon). A moment that is no longer a normal float becomes 0.
/// </summary>
internal static class Adam
{
    /// <summary>
    /// The smallest normal float. The moments of a weight whose unit is silent decay below it and, in the steps between
    /// two floats that far down, never reach 0; each of them then costs many processors over 100 cycles a step.
    /// </summary>
    private const float SmallestNormal = 1.17549435E-38f;

    /// <summary>The order of the scalars, as <c>AdamScalars.Fill</c> writes them.</summary>
    private const int Beta1 = 0, OneMinusBeta1 = 1, Beta2 = 2, OneMinusBeta2 = 3, StepSize = 4, RootCorrection = 5, Epsilon = 6;

    /// <summary>The gradients of more shards are added in a loop.</summary>
    private const int MostWrittenOut = 32;

    /// <summary>One step for the vector of parameters at <paramref name="index"/>, whose gradient is known.</summary>
    public static void Step(Block block, Parameter parameter, Buffer scalars, Affine index, Value gradient) => Step(
        block, parameter.In(Space.Parameters), parameter.In(Space.FirstMoments, "M"), parameter.In(Space.SecondMoments, "V"),
        scalars, index, gradient);

    private static void Step(Block block, Buffer weight, Buffer first, Buffer second, Buffer scalars, Affine index, Value gradient)
    {
        Register g = new("gradient"), m = new("mean"), v = new("variance");
        block.Set(g, gradient);
        block.Set(m, MultiplyAdd(Load(first, index), Broadcast(scalars, Beta1), g * Broadcast(scalars, OneMinusBeta1)));
        block.Set(m, Select(Greater(SmallestNormal, Max(m, 0f - (Value)m)), 0f, m)); // A NaN is not smaller and stays.
        block.Set(v, MultiplyAdd(g * Broadcast(scalars, OneMinusBeta2), g, Load(second, index) * Broadcast(scalars, Beta2)));
        block.Set(v, Select(Greater(SmallestNormal, v), 0f, v));
        block.Store(first, index, m);
        block.Store(second, index, v);
        block.Store(weight, index, Load(weight, index) - Broadcast(scalars, StepSize) * m
            / MultiplyAdd(Sqrt(v), Broadcast(scalars, RootCorrection), Broadcast(scalars, Epsilon)));
    }

    /// <summary>Adds the shards' gradients of one run of parameters in shard order, then steps.</summary>
    public static EquatableArray<Statement> Update(ConvolutionUpdate operation, Target target)
    {
        var start = Affine.Variable("run") * operation.Length + operation.First;
        int length = operation.First + operation.Length * operation.Tasks;
        Buffer In(Space space, string name) => new(name, space, length, Keeps: true) { Parent = ParameterLayout.Root(space) };
        int pitch = operation.Gradients.Parent!.CopyPitch;
        var block = new Block();
        var sum = new Register("sum");
        block.For("v", operation.Length / target.Lanes, (at, v) =>
        {
            var index = start + v * target.Lanes;
            at.Set(sum, Load(operation.Gradients, index));
            if (operation.Shards <= MostWrittenOut) at.Unroll("shard", operation.Shards - 1, Add);
            else at.For("shard", operation.Shards - 1, Add);
            Step(at, In(Space.Parameters, "parameters"), In(Space.FirstMoments, "parametersM"), In(Space.SecondMoments, "parametersV"),
                operation.Scalars, index, sum);

            void Add(Block inner, Affine shard) => inner.Set(sum, sum + Load(operation.Gradients, index + shard * pitch + pitch));
        });
        return block.Statements;
    }
}
