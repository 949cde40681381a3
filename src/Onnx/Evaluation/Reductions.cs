namespace StaticCnn.Onnx.Evaluation;

/// <summary>Sums, means and extremes along axes, and softmax. Sums are doubles.</summary>
internal static class Reductions
{
    public static void Register(Dictionary<string, Func<Call, Tensor[]>> operators)
    {
        operators["ReduceMean"] = call => [Reduce(call, values => values.Average())];
        operators["ReduceSum"] = call => [Reduce(call, values => values.Sum())];
        operators["ReduceMax"] = call => [Reduce(call, values => values.Max())];
        operators["ReduceMin"] = call => [Reduce(call, values => values.Min())];
        operators["ReduceProd"] = call => [Reduce(call, values => values.Aggregate(1.0, (a, b) => a * b))];
        operators["ReduceL2"] = call => [Reduce(call, values => Math.Sqrt(values.Sum(value => value * value)))];
        operators["Softmax"] = call => [Softmax(call, (value, largest, sum) => Math.Exp(value - largest) / sum)];
        operators["LogSoftmax"] = call => [Softmax(call, (value, largest, sum) => value - largest - Math.Log(sum))];
    }

    /// <summary>The axes are an attribute or, in newer files, an input; none means all of them.</summary>
    private static Tensor Reduce(Call call, Func<List<double>, double> summary)
    {
        var x = call[0];
        int[]? given = call.Integers("axes", 1);
        bool[] reduced = new bool[x.Rank];
        if (given is null or { Length: 0 })
        {
            if (call.Node.Integer("noop_with_empty_axes", 0) != 0) return x;
            Array.Fill(reduced, true);
        }
        else
        {
            foreach (int axis in given) reduced[call.Axis(axis, x.Rank)] = true;
        }

        int[] kept = [.. x.Shape.Select((extent, axis) => reduced[axis] ? 1 : extent)];
        int[] positions = Strides.Stretched(kept, x.Shape);
        var groups = new List<double>[Tensor.Count(kept)];
        for (int i = 0; i < groups.Length; i++) groups[i] = [];
        for (int i = 0; i < positions.Length; i++) groups[positions[i]].Add(x.IsFloat ? x.Floats[i] : x.Integers[i]);
        if (x.Length == 0) throw call.Node.Wrong($"expected values to summarise, found {Tensor.Text(x.Shape)}");
        double[] values = Array.ConvertAll(groups, group => summary(group));
        int[] shape = call.Node.Integer("keepdims", 1) != 0 ? kept : [.. x.Shape.Where((_, axis) => !reduced[axis])];
        return x.IsFloat ? new(shape, Array.ConvertAll(values, value => (float)value)) : new(shape, Array.ConvertAll(values, value => (long)value));
    }

    /// <summary>Along one axis from opset 13 on; before, along all axes from `axis` on, together.</summary>
    private static Tensor Softmax(Call call, Func<double, double, double, double> result)
    {
        var x = call[0];
        bool flattened = call.Opset < 13;
        long given = call.Node.Integer("axis", flattened ? 1 : -1);
        int axis = flattened && given == x.Rank ? x.Rank : call.Axis(given, x.Rank);
        int length = flattened ? Tensor.Count(x.Shape.Skip(axis)) : x.Shape[axis];
        int step = flattened ? 1 : Tensor.Count(x.Shape.Skip(axis + 1));
        float[] y = new float[x.Length];
        for (int at = 0; at < y.Length; at++)
        {
            int first = at / (length * step) * length * step + at % step;
            if (at / step % length != 0) continue;
            double largest = double.NegativeInfinity, sum = 0;
            for (int i = 0; i < length; i++) largest = Math.Max(largest, x.Floats[first + i * step]);
            for (int i = 0; i < length; i++) sum += Math.Exp(x.Floats[first + i * step] - largest);
            for (int i = 0; i < length; i++) y[first + i * step] = (float)result(x.Floats[first + i * step], largest, sum);
        }

        return new(x.Shape, y);
    }
}
