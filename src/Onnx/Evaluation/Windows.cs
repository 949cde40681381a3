namespace StaticCnn.Onnx.Evaluation;

/// <summary>Poolings, with any number of spatial axes.</summary>
internal static class Windows
{
    public static void Register(Dictionary<string, Func<Call, Tensor[]>> operators)
    {
        operators["MaxPool"] = call => [Pool(call, Largest)];
        operators["AveragePool"] = call => [Pool(call, call.Node.Integer("count_include_pad", 0) != 0 ? MeanWithPadding : Mean)];
        operators["GlobalAveragePool"] = call => [Global(call, values => values.Average(value => (double)value))];
        operators["GlobalMaxPool"] = call => [Global(call, values => values.Max())];
    }

    private static double Largest(List<float> values, int covered) => values.Count > 0 ? values.Max() : float.NegativeInfinity;

    private static double Mean(List<float> values, int covered) => values.Average(value => (double)value);

    private static double MeanWithPadding(List<float> values, int covered) => values.Sum(value => (double)value) / covered;

    private static Tensor Pool(Call call, Func<List<float>, int, double> summary)
    {
        var x = call[0];
        call.Require(x.Rank >= 3, "an image of at least one spatial axis", x.Shape);
        int[] kernel = call.Node.Extents("kernel_shape", x.Rank - 2) ?? throw call.Node.Wrong("expected a kernel_shape");
        var slide = Slide.Of(call, kernel, [.. x.Shape.Skip(2)]);
        int[] shape = [x.Shape[0], x.Shape[1], .. slide.Output];
        float[] y = new float[Tensor.Count(shape)], image = x.Floats;
        int pixels = Tensor.Count(slide.Image), at = 0;
        var values = new List<float>();
        for (int plane = 0; plane < x.Shape[0] * x.Shape[1]; plane++)
        {
            foreach (int[] p in Strides.Indices(slide.Output))
            {
                values.Clear();
                slide.Visit(p, (pixel, _) => values.Add(image[plane * pixels + pixel]));
                y[at++] = (float)summary(values, slide.Covered(p));
            }
        }

        return new(shape, y);
    }

    private static Tensor Global(Call call, Func<ArraySegment<float>, double> summary)
    {
        var x = call[0];
        call.Require(x.Rank >= 3 && x.Length > 0, "an image of at least one spatial axis", x.Shape);
        int pixels = Tensor.Count(x.Shape.Skip(2));
        int[] shape = [x.Shape[0], x.Shape[1], .. Enumerable.Repeat(1, x.Rank - 2)];
        float[] y = new float[x.Length / pixels];
        for (int plane = 0; plane < y.Length; plane++) y[plane] = (float)summary(new(x.Floats, plane * pixels, pixels));
        return new(shape, y);
    }
}
