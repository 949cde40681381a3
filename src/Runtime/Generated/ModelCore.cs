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
        Prepare();
        for (int step = 0; step < Kernels.ImageSteps.Length; step++) Kernels.ImageStep(step, image, _prepared, _activations, logits);
        _hasActivations = true;
    }

    /// <summary>The logits of any number of images.</summary>
    public void ForwardBatch(ReadOnlySpan<float> images, Span<float> logits, WorkerTeam? team)
    {
        int count = Lengths.Images(images.Length, _imageLength, nameof(images));
        Lengths.Require(logits.Length, count * _classes, nameof(logits));
        Prepare();
        _batch.Run(images, logits, count, team);
    }

    private void Prepare()
    {
        if (_preparedVersion == Parameters.Version) return;
        Kernels.Prepare(Parameters, _prepared);
        _preparedVersion = Parameters.Version;
    }

    /// <summary>The class with the largest logit, the first of equals.</summary>
    public int Predict(ReadOnlySpan<float> image)
    {
        Forward(image, _scores);
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
        Lengths.Require(destination.Length, place.Channels * place.Height * place.Width, nameof(destination));
        if (!_hasActivations) throw new InvalidOperationException("There has been no Forward yet whose activations could be read.");
        ImageLanes.Store(ref _activations.At(place.Origin), place, destination);
    }
}
