using StaticCnn.Generator;
using StaticCnn.Generator.Emit;
using StaticCnn.Generator.Kernels;
using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;

namespace Generator.Tests.Mutations;

/// <summary>One deliberate mistake in a plan or in its kernels.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Network">The attributes of the network that it is made in.</param>
/// <param name="Plan">Changes the plan.</param>
/// <param name="Lower">Changes what an operation is lowered to.</param>
internal sealed record Mutation(
    string Name, string Network, Func<NetworkPlan, NetworkPlan> Plan, Func<Operation, Lowered, Lowered> Lower)
{
    /// <summary>The name of no mistake at all.</summary>
    public const string Nothing = "nothing";

    /// <summary>A mistake in the plan.</summary>
    public static Mutation OfPlan(string name, string network, Func<NetworkPlan, NetworkPlan> change) =>
        new(name, network, change, (_, lowered) => lowered);

    /// <summary>A mistake in one kernel, wherever it is used.</summary>
    public static Mutation OfKernel(string name, string network, string kernel, Func<Kernel, Kernel> change)
    {
        EquatableArray<Kernel> In(EquatableArray<Kernel> kernels) =>
            kernels.Select(one => one.Name == kernel ? change(one) : one).ToEquatableArray();
        return new Mutation(name, network, plan => plan, (_, lowered) => lowered with
        {
            Before = In(lowered.Before),
            PerRow = In(lowered.PerRow),
            After = In(lowered.After),
        });
    }

    /// <summary>A mistake in the order of an operation's kernels.</summary>
    public static Mutation OfOrder(string name, string network, string operation, Func<Lowered, Lowered> change) =>
        new(name, network, plan => plan, (one, lowered) => one.Name == operation ? change(lowered) : lowered);

    /// <summary>
    /// The generated files with the mistake in the kernels of one width, which all widths use.
    /// </summary>
    /// <exception cref="InvalidOperationException">A verifier of the generator found the mistake.</exception>
    public string[] Emit(string type, int bits)
    {
        var network = Declared.Network(Network, type);
        var sound = Planner.Plan(network, new Target(bits));
        var plan = Plan(sound);
        bool isMade = plan != sound || Name == Nothing;
        PlanVerifier.Verify(plan);
        var lowered = new LoweredPlan(plan, (operation, target) =>
        {
            var right = Lowering.Lower(operation, target);
            var wrong = Lower(operation, right);
            isMade |= wrong != right;
            return wrong;
        });
        Assert.True(isMade, $"There is no place for '{Name}'.");
        string kernels = KernelsEmitter.Emit(lowered).Text.Replace($"internal sealed class Kernels{bits}", $"internal class Kernels{bits}", StringComparison.Ordinal);
        string others = string.Concat(new[] { 512, 256, 128 }.Where(other => other != bits)
            .Select(other => $"internal sealed class Kernels{other} : Kernels{bits};\n"));
        return [SurfaceEmitter.Emit(plan).Text, kernels, $"namespace {KernelsEmitter.Namespace(plan)};\n{others}"];
    }

    public override string ToString() => Name;
}
