namespace StaticCnn.Onnx.Evaluation;

/// <summary>Convolutions, with any number of spatial axes, and matrix products. Sums are doubles.</summary>
internal static class Products
{
    public static void Register(Dictionary<string, Func<Call, Tensor[]>> operators)
    {
        operators["Conv"] = call => [Convolve(call)];
        operators["ConvTranspose"] = call => [ConvolveTransposed(call)];
        operators["Gemm"] = call => [Gemm(call)];
        operators["MatMul"] = call => [MatMul(call)];
    }

    /// <summary>y[n,o,p] = bias[o] + sum over i of o's group, k: x[n,i,p*stride + k*dilation - pad] * w[o,i,k].</summary>
    private static Tensor Convolve(Call call)
    {
        Tensor x = call[0], w = call[1];
        int axes = x.Rank - 2, groups = call.Int(call.Node.Integer("group", 1));
        call.Require(axes >= 1 && w.Rank == x.Rank && groups >= 1 && x.Shape[1] == w.Shape[1] * groups && w.Shape[0] % groups == 0,
            $"weights that fit {Tensor.Text(x.Shape)} in {groups} groups", w.Shape);
        var slide = Slide.Of(call, [.. w.Shape.Skip(2)], [.. x.Shape.Skip(2)]);
        int outs = w.Shape[0], ins = w.Shape[1], perGroup = outs / groups;
        int[] shape = [x.Shape[0], outs, .. slide.Output];
        float[] y = new float[Tensor.Count(shape)], image = x.Floats, weights = w.Floats;
        int pixels = Tensor.Count(x.Shape.Skip(2)), taps = Tensor.Count(slide.Kernel), at = 0;
        float[]? bias = call.Optional(2)?.Floats;
        call.Require(bias is null || bias.Length == outs, $"a bias of {outs} values", [bias?.Length ?? 0]);
        for (int n = 0; n < shape[0]; n++)
        {
            for (int o = 0; o < outs; o++)
            {
                int first = (n * x.Shape[1] + o / perGroup * ins) * pixels;
                foreach (int[] p in Strides.Indices(slide.Output))
                {
                    double sum = bias?[o] ?? 0;
                    slide.Visit(p, (pixel, tap) =>
                    {
                        for (int i = 0; i < ins; i++) sum += (double)image[first + i * pixels + pixel] * weights[(o * ins + i) * taps + tap];
                    });
                    y[at++] = (float)sum;
                }
            }
        }

        return new(shape, y);
    }

    /// <summary>The transpose of a convolution: every x[n,i,p] adds x * w[i,o,k] to y[n,o,p*stride + k*dilation - pad].</summary>
    private static Tensor ConvolveTransposed(Call call)
    {
        Tensor x = call[0], w = call[1];
        int axes = x.Rank - 2, groups = call.Int(call.Node.Integer("group", 1));
        call.Require(axes >= 1 && w.Rank == x.Rank && groups >= 1 && x.Shape[1] == w.Shape[0] && w.Shape[0] % groups == 0,
            $"weights that fit {Tensor.Text(x.Shape)} in {groups} groups", w.Shape);
        int[] input = [.. x.Shape.Skip(2)];
        var slide = Slide.Transposed(call, [.. w.Shape.Skip(2)], input);
        int outs = w.Shape[1], ins = w.Shape[0] / groups, taps = Tensor.Count(slide.Kernel);
        int[] shape = [x.Shape[0], outs * groups, .. slide.Output];
        double[] y = new double[Tensor.Count(shape)];
        int pixels = Tensor.Count(input), results = Tensor.Count(slide.Output);
        float[]? bias = call.Optional(2)?.Floats;
        call.Require(bias is null || bias.Length == outs * groups, $"a bias of {outs * groups} values", [bias?.Length ?? 0]);
        float[] image = x.Floats, weights = w.Floats;
        for (int n = 0; n < shape[0]; n++)
        {
            for (int i = 0; i < x.Shape[1]; i++)
            {
                int pixel = (n * x.Shape[1] + i) * pixels;
                foreach (int[] p in Strides.Indices(input))
                {
                    double value = image[pixel++];
                    slide.Visit(p, (result, tap) =>
                    {
                        for (int o = 0; o < outs; o++)
                        {
                            y[(n * shape[1] + i / ins * outs + o) * results + result] += value * weights[(i * outs + o) * taps + tap];
                        }
                    });
                }
            }
        }

        return new(shape, [.. y.Select((value, at) => (float)(value + (bias?[at / results % shape[1]] ?? 0)))]);
    }

    /// <summary>alpha * A' * B' + beta * C, of matrices; A' and B' transposed where asked.</summary>
    private static Tensor Gemm(Call call)
    {
        Tensor a = Matrix(call, 0, "transA"), b = Matrix(call, 1, "transB");
        call.Require(a.Shape[1] == b.Shape[0], $"a matrix of {a.Shape[1]} rows", b.Shape);
        double alpha = call.Node.Float("alpha", 1), beta = call.Node.Float("beta", 1);
        int[] shape = [a.Shape[0], b.Shape[1]];
        double[] product = Multiply(a.Floats, b.Floats, 0, 0, shape[0], a.Shape[1], shape[1]);
        if (call.Optional(2) is not { } c) return new(shape, Array.ConvertAll(product, value => (float)(alpha * value)));
        int[]? stretched = Strides.Broadcast(c.Shape, shape);
        call.Require(stretched is not null && stretched.AsSpan().SequenceEqual(shape), $"a bias that stretches to {Tensor.Text(shape)}", c.Shape);
        int[] positions = Strides.Stretched(c.Shape, shape);
        return new(shape, [.. product.Select((value, at) => (float)(alpha * value + beta * c.Floats[positions[at]]))]);
    }

    private static Tensor Matrix(Call call, int index, string transposed)
    {
        var matrix = call[index];
        call.Require(matrix.Rank == 2, "a matrix", matrix.Shape);
        return call.Node.Integer(transposed, 0) == 0 ? matrix : Rearrangements.Transpose(matrix, [1, 0]);
    }

    /// <summary>NumPy's matmul: products of the last two axes, the others stretch.</summary>
    private static Tensor MatMul(Call call)
    {
        Tensor a = call[0], b = call[1];
        call.Require(a.Rank >= 1 && b.Rank >= 1, "a vector or more", a.Rank < 1 ? a.Shape : b.Shape);
        bool row = a.Rank == 1, column = b.Rank == 1;
        if (row) a = a.WithShape([1, a.Length]);
        if (column) b = b.WithShape([b.Length, 1]);
        call.Require(a.Shape[^1] == b.Shape[^2], $"{a.Shape[^1]} rows", b.Shape);
        int[] outer = Strides.Broadcast([.. a.Shape.SkipLast(2)], [.. b.Shape.SkipLast(2)])
            ?? throw call.Node.Wrong($"expected shapes that stretch to one another, found {Tensor.Text(a.Shape)} and {Tensor.Text(b.Shape)}");
        int rows = a.Shape[^2], inner = a.Shape[^1], columns = b.Shape[^1];
        int[] first = Strides.Stretched([.. a.Shape.SkipLast(2)], outer), second = Strides.Stretched([.. b.Shape.SkipLast(2)], outer);
        int[] shape = [.. outer, .. row ? [] : new[] { rows }, .. column ? [] : new[] { columns }];
        float[] y = new float[Tensor.Count(shape)];
        for (int o = 0; o < first.Length; o++)
        {
            double[] product = Multiply(a.Floats, b.Floats, first[o] * rows * inner, second[o] * inner * columns, rows, inner, columns);
            for (int i = 0; i < product.Length; i++) y[o * product.Length + i] = (float)product[i];
        }

        return new(shape, y);
    }

    private static double[] Multiply(float[] a, float[] b, int firstA, int firstB, int rows, int inner, int columns)
    {
        double[] product = new double[rows * columns];
        for (int r = 0; r < rows; r++)
        {
            for (int i = 0; i < inner; i++)
            {
                double factor = a[firstA + r * inner + i];
                for (int c = 0; c < columns; c++) product[r * columns + c] += factor * b[firstB + i * columns + c];
            }
        }

        return product;
    }
}
