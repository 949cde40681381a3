using StaticCnn.Generated;
using StaticCnn.Reference;

namespace StaticCnn.Verification;

/// <summary>
/// Draws images whose gradients rounding does not decide: no ReLU is almost at zero, no pooling window has two values
/// that are almost the largest, with dropout or without. Otherwise two right implementations may send a gradient
/// different ways.
/// </summary>
internal sealed class SteadyImages(LayerInfo[] layers, ParameterStore parameters, ulong seed, double margin = 1e-5, int mostTries = 1000)
{
    /// <summary>A batch of images and labels, for a trainer with this object's seed that has taken no step.</summary>
    public (float[] Images, int[] Labels) Draw(int count)
    {
        int length = layers[0].Input.Length, classes = layers[^1].Output.Length;
        float[] images = new float[count * length];
        ulong counter = 0;
        var random = new CounterRandom(seed, 99);
        for (int index = 0; index < count; index++)
        {
            var image = images.AsSpan(index * length, length);
            // An image of zeros now and then, since zeros are what padding and black pixels bring.
            for (int tries = 0; tries == 0 || !IsSteady(image, null) || !IsSteady(image, index); tries++)
            {
                if (tries == mostTries) throw new NoSteadyImageException();
                for (int i = 0; i < length; i++)
                {
                    float value = 2 * random.Single(counter++) - 1;
                    image[i] = index % 7 == 3 && value < 0 ? 0 : value;
                }
            }
        }

        return (images, [.. Enumerable.Range(0, count).Select(i => (int)(random.Single(counter + (ulong)i) * classes))]);
    }

    private bool IsSteady(ReadOnlySpan<float> image, int? dropoutIndex)
    {
        float[] x = image.ToArray();
        for (int l = 0; l < layers.Length; l++)
        {
            var layer = layers[l];
            float[] y = new float[layer.Output.Length];
            switch (layer.Attribute)
            {
                case Conv2dAttribute: Conv2d.Forward(layer, x, Values(layer, 0), Values(layer, 1), y); break;
                case LinearAttribute: Linear.Forward(x, Values(layer, 0), Values(layer, 1), y); break;
                case MaxPool2dAttribute:
                    if (!WinnersAreClear(layer, x)) return false;
                    MaxPool2d.Forward(layer, x, y);
                    break;
                case ReLUAttribute:
                    float largest = x.Max(Math.Abs);
                    if (x.Any(value => value != 0 && Math.Abs(value) < margin * largest)) return false;
                    ReLU.Forward(x, y);
                    break;
                case DropoutAttribute when dropoutIndex is { } index:
                    Dropout.Forward(DropoutKeys.Key(seed, 0, index, l), ((DropoutAttribute)layer.Attribute).Probability, x, y);
                    break;
                default: x.CopyTo(y, 0); break;
            }

            x = y;
        }

        return true;
    }

    /// <summary>Equal values are the same value twice, or zeros: those are equal for everyone.</summary>
    private bool WinnersAreClear(LayerInfo layer, float[] x)
    {
        double close = margin * x.Max(Math.Abs);
        var (options, input, output) = ((MaxPool2dAttribute)layer.Attribute, layer.Input, layer.Output);
        for (int c = 0; c < output.Channels; c++)
        {
            for (int p = 0; p < output.Height * output.Width; p++)
            {
                int first = (c * input.Height + p / output.Width * options.StrideHeight) * input.Width + p % output.Width * options.StrideWidth;
                float best = float.NegativeInfinity;
                for (int i = 0; i < options.WindowHeight * options.WindowWidth; i++)
                {
                    float value = x[first + i / options.WindowWidth * input.Width + i % options.WindowWidth];
                    if (value != best && Math.Abs(value - best) < close) return false;
                    best = Math.Max(best, value);
                }
            }
        }

        return true;
    }

    private float[] Values(LayerInfo layer, int parameter)
    {
        if (parameter >= layer.Parameters.Length) return [];
        float[] values = new float[layer.Parameters[parameter].Count];
        parameters.Get(parameters.IndexOf(layer.Parameters[parameter].Name), values);
        return values;
    }
}

/// <summary>A network for which no image can be drawn whose winners rounding does not decide; it says nothing of the kernels.</summary>
public sealed class NoSteadyImageException() : Exception("No image is steady enough.");
