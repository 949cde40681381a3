using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace StaticCnn.Generated;

/// <summary>
/// Softmax and cross-entropy of one shard of images, batch in lanes: the logit of class c and image i is element
/// c*lanes+i. Generated code calls it; nothing is checked or allocated.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SoftmaxCrossEntropy
{
    /// <summary>
    /// 2^-63: the square of what is smaller, which Adam keeps, is no normal float. A network that is that sure of an image
    /// would send numbers through the whole backward pass that are no normal floats, each of which costs many processors over
    /// 100 cycles.
    /// </summary>
    private const float LeastProbability = 1.0842022e-19f;

    /// <summary>Losses, hits and the gradient of scale * (sum of the losses) with respect to the logits.</summary>
    /// <param name="logits">[classes][lanes].</param>
    /// <param name="gradients">Receives [classes][lanes]; lanes without an image become 0.</param>
    /// <param name="lanes">Images of a full shard.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="labels">The class of each image that is present, at most <paramref name="lanes"/>.</param>
    /// <param name="scale">1 / images of the batch, for the gradient of the mean.</param>
    /// <param name="losses">Receives each image's cross-entropy.</param>
    /// <param name="hits">Receives whether each image's largest logit, the first of equals, is its label's.</param>
    /// <param name="scratch">At least 2*classes floats.</param>
    public static void Shard(
        ref float logits, ref float gradients, int lanes, int classes, ReadOnlySpan<int> labels, float scale,
        Span<double> losses, Span<bool> hits, Span<float> scratch)
    {
        var values = scratch[..classes];
        var exponentials = scratch.Slice(classes, classes);
        for (int image = 0; image < labels.Length; image++)
        {
            int label = labels[image];
            hits[image] = Gather(ref logits, lanes, image, values) == label;
            losses[image] = Loss(values, exponentials, label, out float sum);
            for (int c = 0; c < classes; c++)
            {
                float probability = exponentials[c] / sum;
                if (probability < LeastProbability) probability = 0;
                Unsafe.Add(ref gradients, c * lanes + image) = (c == label ? probability - 1 : probability) * scale;
            }
        }
        for (int image = labels.Length; image < lanes; image++)
        {
            for (int c = 0; c < classes; c++) Unsafe.Add(ref gradients, c * lanes + image) = 0;
        }
    }

    /// <summary>Losses and hits alone, for evaluation; the parameters are those of <see cref="Shard"/>.</summary>
    public static void Evaluate(
        ref float logits, int lanes, int classes, ReadOnlySpan<int> labels,
        Span<double> losses, Span<bool> hits, Span<float> scratch)
    {
        var values = scratch[..classes];
        for (int image = 0; image < labels.Length; image++)
        {
            hits[image] = Gather(ref logits, lanes, image, values) == labels[image];
            losses[image] = Loss(values, scratch.Slice(classes, classes), labels[image], out _);
        }
    }

    /// <summary>Collects one image's logits and returns the class of the largest, the first of equals.</summary>
    private static int Gather(ref float logits, int lanes, int image, Span<float> values)
    {
        int largest = 0;
        for (int c = 0; c < values.Length; c++)
        {
            values[c] = Unsafe.Add(ref logits, c * lanes + image);
            if (values[c] > values[largest]) largest = c;
        }
        return largest;
    }

    /// <summary>log(sum(exp(values))) - values[label], with the largest value taken out first so that nothing overflows.</summary>
    private static double Loss(ReadOnlySpan<float> values, Span<float> exponentials, int label, out float sum)
    {
        float largest = TensorPrimitives.Max(values);
        TensorPrimitives.Subtract(values, largest, exponentials);
        TensorPrimitives.Exp(exponentials, exponentials);
        sum = TensorPrimitives.Sum<float>(exponentials);
        return Math.Log(sum) + ((double)largest - values[label]);
    }
}
