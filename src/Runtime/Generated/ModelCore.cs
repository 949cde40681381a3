using System.ComponentModel;

namespace StaticCnn.Generated;

/// <summary>What every generated model does that does not depend on its shapes: checks, memory and repacking.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelCore
{
    private readonly int _imageLength;
    private readonly int _classes;
    private readonly Arena _prepared;
    private readonly Arena _activations;
    private readonly InferenceBatch _batch;
    private readonly float[] _scores;
    private int _preparedVersion = -1;
    private bool _hasActivations;
    private int _callers;

    /// <summary>Allocates the memory of a model.</summary>
    public ModelCore(ModelKernels kernels, ParameterStore parameters, int imageLength, int classes)
    {
        Kernels = kernels;
        Parameters = parameters;
        _imageLength = imageLength;
        _classes = classes;
        _prepared = new Arena(kernels.PreparedLength);
        _activations = new Arena(kernels.ImageLength);
        _batch = new InferenceBatch(kernels, parameters, _prepared, imageLength, classes);
        _scores = new float[classes];
    }

    /// <summary>The kernels in use.</summary>
    public ModelKernels Kernels { get; }

    /// <summary>The parameters.</summary>
    public ParameterStore Parameters { get; }

    /// <summary>Floats of one image.</summary>
    public int ImageLength => _imageLength;

    /// <summary>Classes.</summary>
    public int ClassCount => _classes;

    /// <summary>One image's logits.</summary>
    public void Forward(ReadOnlySpan<float> image, Span<float> logits)
    {
        Lengths.Require(image.Length, _imageLength, nameof(image));
        Lengths.Require(logits.Length, _classes, nameof(logits));
        using var turn = Enter();
        RunImage(image, logits);
    }

    /// <summary>The logits of any number of images.</summary>
    public void ForwardBatch(ReadOnlySpan<float> images, Span<float> logits, WorkerTeam? team)
    {
        int count = Lengths.Images(images.Length, _imageLength, nameof(images));
        Lengths.Require(logits.Length, count * _classes, nameof(logits));
        using var turn = Enter();
        RunBatch(images, logits, team);
    }

    /// <summary>The class with the largest logit, the first of equals.</summary>
    public int Predict(ReadOnlySpan<float> image)
    {
        Lengths.Require(image.Length, _imageLength, nameof(image));
        using var turn = Enter();
        RunImage(image, _scores);
        int best = 0;
        for (int i = 1; i < _scores.Length; i++)
        {
            if (_scores[i] > _scores[best]) best = i;
        }

        return best;
    }

    /// <summary>What a layer computed in the last forward pass of one image.</summary>
    public void CopyActivation(int layer, Span<float> destination)
    {
        var places = Kernels.Activations;
        if ((uint)layer >= (uint)places.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(layer), layer, $"The network has layers 0 to {places.Length - 1}.");
        }

        var place = places[layer];
        if (place.Origin < 0)
        {
            throw new InvalidOperationException(
                $"Layer {layer} has no output of its own in memory: layer {-1 - place.Origin} contains it, since what it does is done by that layer's kernel.");
        }

        Lengths.Require(destination.Length, place.Channels * place.Height * place.Width, nameof(destination));
        using var turn = Enter();
        if (!_hasActivations) throw new InvalidOperationException("There has been no Forward yet whose activations could be read.");
        ImageLanes.Store(ref _activations.At(place.Origin), place, destination);
    }

    /// <summary>
    /// Claims the model's memory until the result is disposed. A second caller is told so: without that, two passes
    /// would write to the same activations and both be wrong.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another call has not ended.</exception>
    internal Turn Enter()
    {
        if (Interlocked.Exchange(ref _callers, 1) != 0)
        {
            throw new InvalidOperationException(
                $"Another call on this {Parameters.Model} or its trainer has not ended: an instance serves one caller at a time. Give each thread a model of its own.");
        }

        return new Turn(this);
    }

    /// <summary>The batch's logits, for a caller that has entered.</summary>
    internal void RunBatch(ReadOnlySpan<float> images, Span<float> logits, WorkerTeam? team)
    {
        Prepare();
        _batch.Run(images, logits, images.Length / _imageLength, team);
    }

    private void RunImage(ReadOnlySpan<float> image, Span<float> logits)
    {
        Prepare();
        for (int step = 0; step < Kernels.ImageSteps.Length; step++) Kernels.ImageStep(step, image, _prepared, _activations, logits);
        _hasActivations = true;
    }

    private void Prepare()
    {
        if (_preparedVersion == Parameters.Version) return;
        Kernels.Prepare(Parameters, _prepared);
        _preparedVersion = Parameters.Version;
    }

    /// <summary>One caller's time with the model.</summary>
    internal readonly ref struct Turn(ModelCore core)
    {
        /// <summary>Lets the next caller in.</summary>
        public void Dispose() => Volatile.Write(ref core._callers, 0);
    }
}
