using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace StaticCnn.Generated;

/// <summary>The mean squared error of one shard of images, batch in lanes. Generated code calls it; nothing is checked or allocated.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MeanSquaredError
{
    /// <summary>Losses, and the gradient of scale * (sum of the losses) with respect to the outputs.</summary>
    /// <param name="outputs">[length][lanes].</param>
    /// <param name="gradients">Receives [length][lanes]; lanes without an image become 0.</param>
    /// <param name="lanes">Images of a full shard.</param>
    /// <param name="length">Outputs of an image.</param>
    /// <param name="targets">[n,length], n being at most <paramref name="lanes"/>.</param>
    /// <param name="scale">1 / images of the batch, for the gradient of the mean.</param>
    /// <param name="losses">Receives each image's mean of squares.</param>
    public static void Shard(
        ref float outputs, ref float gradients, int lanes, int length, ReadOnlySpan<float> targets, float scale, Span<double> losses)
    {
        int count = targets.Length / length;
        for (int image = 0; image < lanes; image++)
        {
            double sum = 0;
            for (int i = 0; i < length; i++)
            {
                float apart = image < count ? Unsafe.Add(ref outputs, (i * lanes) + image) - targets[(image * length) + i] : 0;
                sum += (double)apart * apart;
                Unsafe.Add(ref gradients, (i * lanes) + image) = apart * (2f / length) * scale;
            }

            if (image < count) losses[image] = sum / length;
        }
    }
}
