namespace StaticCnn.Onnx.Evaluation;

/// <summary>Operators that compute with shapes, as exporters write where an extent was not known to them.</summary>
internal static class Shapes
{
    public static void Register(Dictionary<string, Func<Call, Tensor[]>> operators)
    {
        operators["Shape"] = call => [Shape(call)];
        operators["Size"] = call => [new([], [(long)call[0].Length])];
        operators["ConstantOfShape"] = call => [ConstantOfShape(call)];
        operators["Cast"] = call => [Cast(call)];
        operators["Range"] = call => [Range(call)];
    }

    private static Tensor Shape(Call call)
    {
        int rank = call[0].Rank;
        int start = Within(call.Node.Integer("start", 0)), end = Within(call.Node.Integer("end", rank));
        long[] extents = [.. call[0].Shape.Skip(start).Take(end - start).Select(extent => (long)extent)];
        return new([extents.Length], extents);

        int Within(long axis) => (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
    }

    private static Tensor ConstantOfShape(Call call)
    {
        int[] shape = [.. call[0].Integers.Select(call.Int)];
        int count = Tensor.Count(shape);
        var value = call.Node.Tensor("value") is { } tensor ? new TensorReader(".").Read(tensor) : new Tensor([1], [0f]);
        call.Require(value.Length == 1, "one value", value.Shape);
        return value.Pick(shape, new int[count]);
    }

    private static Tensor Cast(Call call)
    {
        int type = call.Int(call.Node.Integer("to", 0));
        var x = call[0];
        if (TensorReader.IsFloat(type)) return x.IsFloat ? x : new(x.Shape, Array.ConvertAll(x.Integers, value => (float)value));
        if (type == 8) throw call.Node.Wrong("expected a cast to numbers");
        bool truth = type == 9;
        return new(x.Shape, x.IsFloat
            ? Array.ConvertAll(x.Floats, value => truth ? (value != 0 ? 1 : 0) : (long)value)
            : Array.ConvertAll(x.Integers, value => truth ? (value != 0 ? 1 : 0) : value));
    }

    private static Tensor Range(Call call)
    {
        if (call[0].IsFloat)
        {
            double start = call[0].Floats[0], step = call[2].Floats[0];
            int count = Count((call[1].Floats[0] - start) / step);
            return new([count], Enumerable.Range(0, count).Select(i => (float)(start + i * step)).ToArray());
        }

        long first = call[0].Integers[0], by = call[2].Integers[0];
        int steps = Count((call[1].Integers[0] - first) / (double)by);
        return new([steps], Enumerable.Range(0, steps).Select(i => first + i * by).ToArray());

        int Count(double steps) => double.IsNaN(steps) || steps > Tensor.MostElements
            ? throw call.Node.Wrong("expected a range that ends")
            : (int)Math.Max(0, Math.Ceiling(steps));
    }
}
