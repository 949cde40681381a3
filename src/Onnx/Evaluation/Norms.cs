namespace StaticCnn.Onnx.Evaluation;

/// <summary>Normalisations, as in inference.</summary>
internal static class Norms
{
    public static void Register(Dictionary<string, Func<Call, Tensor[]>> operators)
    {
        operators["BatchNormalization"] = call => [Batch(call)];
        operators["InstanceNormalization"] = call => [Grouped(call, call[0].Rank > 1 ? call[0].Shape[1] : 1)];
        operators["GroupNormalization"] = call => [Grouped(call, call.Int(call.Node.Integer("num_groups", 0)))];
        operators["LayerNormalization"] = Layer;
    }

    private static Tensor Batch(Call call)
    {
        var x = call[0];
        call.Require(x.Rank >= 2, "at least a batch and its channels", x.Shape);
        if (call.Node.Integer("training_mode", 0) != 0) throw call.Node.Wrong("expected the form of inference (training_mode 0); export the model in evaluation mode");
        int channels = x.Shape[1], pixels = Tensor.Count(x.Shape.Skip(2));
        for (int i = 1; i <= 4; i++) call.Require(call[i].Length == channels, $"{channels} values", call[i].Shape);
        double epsilon = call.Node.Float("epsilon", 1e-5f);
        float[] y = new float[x.Length];
        for (int at = 0; at < y.Length; at++)
        {
            int c = at / pixels % channels;
            double scale = call[1].Floats[c] / Math.Sqrt(call[4].Floats[c] + epsilon);
            y[at] = (float)((x.Floats[at] - (double)call[3].Floats[c]) * scale + call[2].Floats[c]);
        }

        return new(x.Shape, y);
    }

    /// <summary>Over each image's groups of channels; scale and bias are a channel's, or a group's in the first version of GroupNormalization.</summary>
    private static Tensor Grouped(Call call, int groups)
    {
        var x = call[0];
        call.Require(x.Rank >= 3 && groups >= 1 && x.Shape[1] % groups == 0, $"channels in {groups} groups", x.Shape);
        int channels = x.Shape[1], pixels = Tensor.Count(x.Shape.Skip(2)), length = channels / groups * pixels;
        int each = call[1].Length == groups ? channels / groups : 1;
        for (int i = 1; i <= 2; i++) call.Require(call[i].Length * each == channels, $"{channels} values", call[i].Shape);
        return Normalised(call, x, length, at => (call[1].Floats[at / pixels % channels / each], call[2].Floats[at / pixels % channels / each])).Y;
    }

    /// <summary>Over the axes from `axis` on; mean and inverse of the standard deviation are further outputs.</summary>
    private static Tensor[] Layer(Call call)
    {
        var x = call[0];
        int axis = call.Axis(call.Node.Integer("axis", -1), x.Rank), length = Tensor.Count(x.Shape.Skip(axis));
        float[] scale = call[1].Floats;
        float[]? bias = call.Optional(2)?.Floats;
        call.Require(scale.Length == length && (bias is null || bias.Length == length), $"scale and bias of {length} values", call[1].Shape);
        var (y, means, inverses) = Normalised(call, x, length, at => (scale[at % length], bias?[at % length] ?? 0));
        int[] shape = [.. x.Shape.Take(axis), .. Enumerable.Repeat(1, x.Rank - axis)];
        return [y, new(shape, means), new(shape, inverses)];
    }

    private static (Tensor Y, float[] Means, float[] Inverses) Normalised(Call call, Tensor x, int length, Func<int, (double Scale, double Bias)> affine)
    {
        double epsilon = call.Node.Float("epsilon", 1e-5f);
        float[] y = new float[x.Length], means = new float[length == 0 ? 0 : x.Length / length], inverses = new float[means.Length];
        for (int first = 0; first < y.Length; first += length)
        {
            var part = new ArraySegment<float>(x.Floats, first, length);
            double mean = part.Average(value => (double)value), variance = part.Average(value => (value - mean) * (value - mean));
            double inverse = 1 / Math.Sqrt(variance + epsilon);
            (means[first / length], inverses[first / length]) = ((float)mean, (float)inverse);
            for (int at = first; at < first + length; at++)
            {
                var (scale, bias) = affine(at);
                y[at] = (float)((x.Floats[at] - mean) * inverse * scale + bias);
            }
        }

        return (new(x.Shape, y), means, inverses);
    }
}
