namespace StaticCnn.Onnx.Evaluation;

/// <summary>Images of another size, by the nearest pixel.</summary>
internal static class Nearest
{
    /// <summary>Until opset 9: factors, an attribute or the second input, and the pixel at or before.</summary>
    public static Tensor Upsample(Call call)
    {
        if (call.Node.Text("mode", "nearest") != "nearest") throw call.Node.Wrong("expected the mode nearest");
        float[] factors = call.Node.Floats("scales") ?? call[1].Floats;
        call.Require(factors.Length == call[0].Rank, $"{call[0].Rank} factors", [factors.Length]);
        int[] shape = [.. call[0].Shape.Select((extent, axis) => Extent(call, extent * (double)factors[axis]))];
        return Sampled(call[0], shape, (at, axis) => (int)Math.Floor(at / (double)factors[axis]));
    }

    public static Tensor Resize(Call call)
    {
        var x = call[0];
        if (call.Node.Text("mode", "nearest") != "nearest") throw call.Node.Wrong("expected the mode nearest");
        bool old = call.Opset < 11;
        float[] factors = call.Optional(old ? 1 : 2) is { Length: > 0 } given ? given.Floats : [];
        int[]? sizes = old ? null : call.Optional(3)?.Integers.Select(call.Int).ToArray();
        int[] axes = call.Node.Integers("axes")?.Select(axis => call.Axis(axis, x.Rank)).ToArray() ?? [.. Enumerable.Range(0, x.Rank)];
        call.Require((sizes?.Length ?? factors.Length) == axes.Length, $"{axes.Length} factors or sizes", [sizes?.Length ?? factors.Length]);
        int[] shape = [.. x.Shape];
        double[] scale = [.. x.Shape.Select(_ => 1.0)];
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = axes[i];
            shape[axis] = sizes?[i] ?? Extent(call, Math.Floor(x.Shape[axis] * (double)factors[i]));
            scale[axis] = sizes is null ? factors[i] : shape[axis] / (double)x.Shape[axis];
        }

        string place = old ? "asymmetric" : call.Node.Text("coordinate_transformation_mode", "half_pixel");
        string rounding = old ? "floor" : call.Node.Text("nearest_mode", "round_prefer_floor");
        return Sampled(x, shape, (at, axis) => scale[axis] == 1 ? at : Round(Place(at, axis)));

        double Place(int at, int axis) => place switch
        {
            "asymmetric" => at / scale[axis],
            "tf_half_pixel_for_nn" => (at + 0.5) / scale[axis],
            "half_pixel" => (at + 0.5) / scale[axis] - 0.5,
            "pytorch_half_pixel" => shape[axis] > 1 ? (at + 0.5) / scale[axis] - 0.5 : 0,
            "align_corners" => shape[axis] > 1 ? at * (x.Shape[axis] - 1.0) / (shape[axis] - 1.0) : 0,
            _ => throw call.Node.Wrong($"expected a coordinate_transformation_mode of asymmetric, half_pixel, pytorch_half_pixel or align_corners, found {place}"),
        };

        int Round(double position) => rounding switch
        {
            "floor" => (int)Math.Floor(position),
            "ceil" => (int)Math.Ceiling(position),
            "round_prefer_floor" => (int)Math.Ceiling(position - 0.5),
            "round_prefer_ceil" => (int)Math.Floor(position + 0.5),
            _ => throw call.Node.Wrong($"expected a nearest_mode of floor, ceil, round_prefer_floor or round_prefer_ceil, found {rounding}"),
        };
    }

    private static int Extent(Call call, double extent) => extent is >= 1 and <= Tensor.MostElements ? (int)extent : throw call.Node.Wrong("expected factors that leave at least one pixel");

    private static Tensor Sampled(Tensor x, int[] shape, Func<int, int, int> source)
    {
        int[] strides = Strides.Of(x.Shape);
        return Rearrangements.Gathered(x, shape, index =>
        {
            int position = 0;
            for (int axis = 0; axis < index.Length; axis++) position += Math.Clamp(source(index[axis], axis), 0, x.Shape[axis] - 1) * strides[axis];
            return position;
        });
    }
}
