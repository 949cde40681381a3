using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Plan;

/// <summary>Operations that run one after another.</summary>
internal sealed record Program(string Name, EquatableArray<Operation> Operations)
{
    public static Program Empty(string name) => new(name, EquatableArray<Operation>.Empty);
}

/// <summary>All that is decided about a network at one vector width; from here on there is only printing.</summary>
/// <param name="Network">The network.</param>
/// <param name="Target">The vector width.</param>
/// <param name="Parameters">Where the parameters stand.</param>
/// <param name="Prepare">What must run before <paramref name="Inference"/> when the parameters have changed.</param>
/// <param name="Inference">Forward pass of one shard: as many images as a vector has lanes.</param>
/// <param name="Spectra">What must run before the shards of a training step.</param>
/// <param name="Shard">Forward pass, loss and backward pass of one shard of a training batch.</param>
/// <param name="Update">What follows when all shards are done: the remaining gradients and Adam.</param>
/// <param name="Image">Forward pass of one image.</param>
/// <param name="Shards">Shards of a full batch.</param>
/// <param name="InferenceMemory">One per thread that infers.</param>
/// <param name="WorkerMemory">One per thread that trains.</param>
/// <param name="BatchMemory">One per trainer.</param>
/// <param name="ImageMemory">One per model.</param>
/// <param name="PreparedMemory">One per model.</param>
/// <param name="Activations">Where each layer's output stands in the image's memory.</param>
internal sealed record NetworkPlan(
    CnnNetwork Network,
    Target Target,
    ParameterLayout Parameters,
    Program Prepare,
    Program Inference,
    Program Spectra,
    Program Shard,
    Program Update,
    Program Image,
    EquatableArray<Packing> Packings,
    int Shards,
    Memory InferenceMemory,
    Memory WorkerMemory,
    Memory BatchMemory,
    Memory ImageMemory,
    Memory PreparedMemory,
    EquatableArray<Activation> Activations)
{
    /// <summary>One per shard of a batch.</summary>
    public Memory ShardMemory { get; init; } = new(EquatableArray<Placement>.Empty);

    /// <summary>The steps of a shard that end each of its phases: all have ended one before any begins the next.</summary>
    public EquatableArray<int> PhaseEnds { get; init; } = EquatableArray<int>.Empty;

    /// <summary>Whether a step's kernels read how many images there are, and where.</summary>
    public bool HasCounts => BatchMemory.Placements.Any(placement => placement.Lifetime.Buffer.Name == BatchCounts.Totals.Name);

    /// <summary>The updates that may begin before the shards have ended.</summary>
    public EarlyUpdates Early => EarlyUpdates.Of(Shard, Update, PhaseEnds.Count < 2 ? 0 : PhaseEnds[PhaseEnds.Count - 2]);

    public IEnumerable<Program> Programs => new[] { Prepare, Inference, Spectra, Shard, Update, Image };

    /// <summary>The memory in which a program's buffers of a space were placed; null for the parameters' spaces.</summary>
    public Memory? MemoryOf(Program program, Space space) => space switch
    {
        Space.Worker => program == Inference ? InferenceMemory : WorkerMemory,
        Space.Batch => BatchMemory,
        Space.Shard => ShardMemory,
        Space.Image => ImageMemory,
        Space.Prepared => PreparedMemory,
        _ => null,
    };

    /// <summary>Floats from the start of its space to a buffer.</summary>
    public int OffsetOf(Program program, Buffer buffer) =>
        MemoryOf(program, buffer.Space)?.OffsetOf(buffer) ?? buffer.RootOffset;
}

/// <summary>Where a layer's output stands after the forward pass of one image.</summary>
/// <param name="View">The place; null where the layer is part of another.</param>
/// <param name="Relu">Whether it stands there before its ReLU, which whoever reads it applies.</param>
internal sealed record Activation(View? View, bool Relu)
{
    /// <summary>The layer whose output contains it where it stands nowhere.</summary>
    public int Container { get; init; }
}

/// <summary>A parameter repacked for one-image kernels whenever the parameters change.</summary>
internal abstract record Packing(Buffer Destination, Parameter Source)
{
    /// <summary>Where the values are taken from if not from the parameter itself: prepared before.</summary>
    public Buffer? From { get; init; }
}

/// <summary>[oc][ic][kh][kw] as [kh][kw][ic][oc padded].</summary>
internal sealed record PackConvolution(Buffer Destination, Parameter Source, int OutPitch) : Packing(Destination, Source)
{
    /// <summary>Groups of channels; what one does not read has weights of 0.</summary>
    public int Groups { get; init; } = 1;
}

/// <summary>[out][in] as [position of in][out padded], where the input stands as [row][column][channel padded].</summary>
internal sealed record PackLinear(Buffer Destination, Parameter Source, View X, int OutPitch) : Packing(Destination, Source);

/// <summary>A bias followed by zeros.</summary>
internal sealed record PackBias(Buffer Destination, Parameter Source) : Packing(Destination, Source);
