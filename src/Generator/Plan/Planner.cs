using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Plan;

/// <summary>Network in, plan out: one straight list of steps.</summary>
internal static class Planner
{
    public static NetworkPlan Plan(CnnNetwork network, Target target)
    {
        var parameters = ParameterLayout.Of(network);
        var named = Strides.Apply(Stems.Apply(network));
        var stages = Stages.Fuse(named);
        int shards = (network.Recipe.BatchSize + target.Lanes - 1) / target.Lanes;

        var (prepare, inference) = InferencePlanner.Plan(stages, parameters, target);
        var (spectra, shard, update) = TrainingPlanner.Plan(stages, parameters, target, shards);
        var (prepareImage, image, packings, activations) = ImagePlanner.Plan(named, parameters, target);

        prepare = prepare with { Operations = prepare.Operations.Concat(prepareImage.Operations).ToEquatableArray() };
        return new NetworkPlan(
            network, target, parameters, prepare, inference, spectra, shard, update, image, packings, shards,
            Allocate(Space.Worker, inference),
            Allocate(Space.Worker, shard),
            Allocate(Space.Batch, spectra, shard, update),
            Allocate(Space.Image, image),
            Allocate(Space.Prepared, prepare, inference, image),
            activations);
    }

    /// <summary>Places every buffer of a space from its first use to its last.</summary>
    private static Memory Allocate(Space space, params Program[] programs)
    {
        var first = new Dictionary<string, int>();
        var lifetimes = new Dictionary<string, Lifetime>();
        int step = 0;
        foreach (var operation in programs.SelectMany(program => program.Operations))
        {
            foreach (var buffer in operation.Buffers.Select(buffer => buffer.Root).Where(buffer => buffer.Space == space))
            {
                if (!first.ContainsKey(buffer.Name)) first[buffer.Name] = step;
                lifetimes[buffer.Name] = new Lifetime(buffer, first[buffer.Name], step);
            }

            step++;
        }

        return BufferAllocator.Allocate(lifetimes.Values);
    }
}
