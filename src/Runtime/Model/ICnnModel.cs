using System.ComponentModel;
using StaticCnn.Generated;

namespace StaticCnn;

/// <summary>
/// What every generated network offers, so that a trainer or a tool can be generic over any of them. An instance
/// serves one caller at a time, since its passes share one arena: <see cref="Forward"/>, <see cref="ForwardBatch"/>,
/// <see cref="Predict"/>, <see cref="CopyActivation"/> and its trainers' methods throw <see cref="InvalidOperationException"/>
/// while another of them runs. Different instances may be used at the same time, and so may all static members.
/// <see cref="Parameters"/> is not guarded: write to it only while no pass runs.
/// </summary>
/// <typeparam name="TSelf">The generated class.</typeparam>
public interface ICnnModel<TSelf> where TSelf : class, ICnnModel<TSelf>
{
    /// <summary>The class's name, as declared.</summary>
    static abstract string ModelName { get; }

    /// <summary>
    /// The name that files of weights have: <see cref="ModelName"/>, and the name with its namespace where another network of the assembly
    /// is called the same.
    /// </summary>
    static virtual string WeightsName => TSelf.ModelName;

    /// <summary>Shape of one input image, [C,H,W].</summary>
    static abstract TensorShape InputShape { get; }

    /// <summary>Floats of one input image, C*H*W.</summary>
    static abstract int ImageLength { get; }

    /// <summary>Classes, the length of the logits.</summary>
    static abstract int ClassCount { get; }

    /// <summary>Learned values of all parameters.</summary>
    static abstract int ParameterCount { get; }

    /// <summary>The declared training recipe.</summary>
    static abstract TrainingRecipe Recipe { get; }

    /// <summary>The layers in the order in which they run.</summary>
    static abstract ReadOnlySpan<LayerInfo> Layers { get; }

    /// <summary>The plan of the kernels in use on this machine as text: buffers, algorithms, tiles and costs.</summary>
    static abstract string Plan { get; }

    /// <summary>The kernels in use on this machine, for tools that measure them.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract ModelKernels Kernels { get; }

    /// <summary>The kernels of the widest vectors of at most so many bits that the processor has, for tools that compare widths.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual ModelKernels KernelsAt(int mostBits) => TSelf.Kernels;

    /// <summary>A network with kernels of <see cref="KernelsAt"/>, and parameters yet to be set.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual TSelf CreateWith(ModelKernels kernels) => TSelf.Create();

    /// <summary>Creates a network with freshly initialised parameters, the same for the same seed.</summary>
    static abstract TSelf Create(ulong seed = 0);

    /// <summary>Reads a network's parameters from a safetensors file.</summary>
    /// <exception cref="WeightsException">The file is not safetensors, or does not hold this network's parameters.</exception>
    static abstract TSelf Load(string path);

    /// <summary>Reads a network's parameters from the bytes of a safetensors file.</summary>
    /// <exception cref="WeightsException">The bytes are not safetensors, or do not hold this network's parameters.</exception>
    static abstract TSelf Load(ReadOnlySpan<byte> safetensors);

    /// <summary>
    /// Reads a network's parameters from the weights that the build embedded in its assembly: the resource
    /// <c>StaticCnn/[WeightsName].safetensors</c>, read in place.
    /// </summary>
    /// <exception cref="WeightsException">There are none, or they do not hold this network's parameters.</exception>
    static abstract TSelf LoadEmbedded();

    /// <summary>Creates a trainer of <paramref name="model"/>; it holds gradients, moments and saved activations.</summary>
    /// <param name="model">The network whose parameters are trained in place.</param>
    /// <param name="threads">Threads that compute, the caller's included; at least 1. The result does not depend on it.</param>
    /// <param name="seed">Seed of the dropout masks.</param>
    static abstract ICnnTrainer CreateTrainer(TSelf model, int threads, ulong seed);

    /// <summary>The parameters, with their PyTorch state_dict names and shapes.</summary>
    ParameterStore Parameters { get; }

    /// <summary>Writes the parameters as safetensors, to a temporary file that then replaces <paramref name="path"/>.</summary>
    void Save(string path);

    /// <summary>Computes one image's logits. Allocates nothing.</summary>
    /// <param name="image">[C,H,W], <see cref="ImageLength"/> floats.</param>
    /// <param name="logits">Receives <see cref="ClassCount"/> floats.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    void Forward(ReadOnlySpan<float> image, Span<float> logits);

    /// <summary>Computes the logits of any number of images, several at a time in the lanes of a vector.</summary>
    /// <param name="images">[n,C,H,W].</param>
    /// <param name="logits">Receives [n,classes].</param>
    /// <param name="team">Threads that share the work; the caller's alone when it is null.</param>
    /// <exception cref="ArgumentException">The lengths are not those of one number of images.</exception>
    void ForwardBatch(ReadOnlySpan<float> images, Span<float> logits, WorkerTeam? team = null);

    /// <summary>The class of one image with the largest logit, the first of equals.</summary>
    /// <param name="image">[C,H,W], <see cref="ImageLength"/> floats.</param>
    int Predict(ReadOnlySpan<float> image);

    /// <summary>Copies what a layer computed in the last <see cref="Forward"/>, in the layer's output shape.</summary>
    /// <param name="layer">Index into <see cref="Layers"/>.</param>
    /// <param name="destination">Receives the layer's output, [C,H,W] or [n].</param>
    /// <exception cref="InvalidOperationException">There has been no forward pass yet.</exception>
    void CopyActivation(int layer, Span<float> destination);
}
