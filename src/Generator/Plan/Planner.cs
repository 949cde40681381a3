using StaticCnn.Generator.Layers;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Plan;

/// <summary>Network in, plan out: one straight list of steps.</summary>
internal static class Planner
{
    public static NetworkPlan Plan(CnnNetwork network, Target target) =>
        IsClassic(network) ? Classic(network, target) : Branching(network, target);

    /// <summary>Whether the planners of straight lines, which fuse pooling and training's masks as well, know all of a network.</summary>
    public static bool IsClassic(CnnNetwork network) => !network.Input.IsVector && network.Recipe.Loss == 0
        && network.Layers.Select((layer, i) => layer.Sources.Count == 0 || layer.Sources[0] == i - 1).All(isNext => isNext)
        && network.Layers.All(layer => layer switch
        {
            Conv2d conv => conv is { Groups: 1, DilationHeight: 1, DilationWidth: 1 } && conv.PaddingHeight == conv.PaddingBottom && conv.PaddingWidth == conv.PaddingRight
                && conv.PaddingHeight < conv.KernelHeight && conv.PaddingWidth < conv.KernelWidth,
            MaxPool2d pool => pool.Window.IsPlain,
            ReLU or Flatten or Linear or Dropout => true,
            _ => false,
        });

    /// <summary>A network's graph, for training or for inference.</summary>
    public static GraphBuilder Graph(CnnNetwork network, bool isTraining)
    {
        var named = Stems.Apply(network);
        var readers = named.Layers.Select((_, i) => named.Layers.Count(layer => layer.Sources.Contains(i))).ToList();
        var builder = new GraphBuilder(network.Input, isTraining, readers);
        foreach (var layer in named.Layers) builder.AddLayer(layer.Name, layer.Key, layer.Sources, layer.Output, layer.Parameters, layer.Build);
        return builder;
    }

    private static NetworkPlan Branching(CnnNetwork network, Target target)
    {
        var parameters = ParameterLayout.Of(network);
        int shards = (network.Recipe.BatchSize + target.Lanes - 1) / target.Lanes;
        var dropouts = TrainingPlanner.Dropouts(network).Select(dropout => dropout.Index).ToList();

        var inferenceGraph = Graph(network, isTraining: false).Graph;
        var inferencePlanner = new GraphShardPlanner(inferenceGraph, [], [inferenceGraph.Output], parameters, target, shards, dropouts);
        var inference = inferencePlanner.Plan("Inference");
        var imagePlanner = new GraphImagePlanner(inferenceGraph, parameters, target);
        var image = imagePlanner.Plan();

        var builder = Graph(network, isTraining: true);
        var gradients = Gradients.Of(builder, out var loss);
        var trainingGraph = builder.Graph;
        var roots = gradients.Select(gradient => gradient.Gradient).Append(loss).Concat(trainingGraph.States.Select(update => (Node)update.Of!));
        var trainingPlanner = new GraphShardPlanner(trainingGraph, gradients, roots, parameters, target, shards, dropouts);
        var shard = trainingPlanner.Plan("Shard");
        var spectra = new Program("Spectra", trainingPlanner.Preparations.ToEquatableArray());
        var update = new Program("Update", trainingPlanner.Updates.ToEquatableArray());

        // What both programs of inference need is prepared once.
        var prepare = new Program("Prepare", inferencePlanner.Preparations
            .Concat(imagePlanner.Preparations.Where(one => inferencePlanner.Preparations.All(other => other.Name != one.Name))).ToEquatableArray());
        return new NetworkPlan(
            network, target, parameters, prepare, inference, spectra, shard, update, image, imagePlanner.Packings.ToEquatableArray(), shards,
            Allocate(Space.Worker, inference),
            Allocate(Space.Worker, shard),
            Allocate(Space.Batch, spectra, shard, update),
            Allocate(Space.Image, image),
            Allocate(Space.Prepared, prepare, inference, image),
            imagePlanner.Activations().ToEquatableArray())
        {
            ShardMemory = Allocate(Space.Shard, shard),
            PhaseEnds = trainingPlanner.PhaseEnds.ToEquatableArray(),
        };
    }

    private static NetworkPlan Classic(CnnNetwork network, Target target)
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
            activations)
        {
            PhaseEnds = new[] { shard.Operations.Count }.ToEquatableArray(),
        };
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
