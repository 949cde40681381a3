namespace StaticCnn.Onnx.Evaluation;

/// <summary>Operators that move elements without changing them.</summary>
internal static class Rearrangements
{
    public static void Register(Dictionary<string, Func<Call, Tensor[]>> operators)
    {
        operators["Identity"] = call => [call[0]];
        operators["Dropout"] = Dropout;
        operators["Flatten"] = call => [Flatten(call)];
        operators["Reshape"] = call => [Reshape(call)];
        operators["Squeeze"] = call => [Squeeze(call)];
        operators["Unsqueeze"] = call => [Unsqueeze(call)];
        operators["Transpose"] = call => [Transpose(call)];
        operators["Concat"] = call => [Concat(call)];
        operators["Split"] = Split;
        operators["Slice"] = call => [Slice(call)];
        operators["Pad"] = call => [Pad(call)];
        operators["Expand"] = call => [Expand(call)];
        operators["Tile"] = call => [Tile(call)];
        operators["Gather"] = call => [Gather(call)];
        operators["Resize"] = call => [Nearest.Resize(call)];
        operators["Upsample"] = call => [Nearest.Upsample(call)];
        operators["DepthToSpace"] = call => [DepthToSpace(call)];
        operators["SpaceToDepth"] = call => [SpaceToDepth(call)];
    }

    public static Tensor Transpose(Tensor x, int[] order)
    {
        int[] strides = Strides.Of(x.Shape), shape = Array.ConvertAll(order, axis => x.Shape[axis]), steps = Array.ConvertAll(order, axis => strides[axis]);
        return Gathered(x, shape, index => Strides.Dot(index, steps));
    }

    /// <summary>A tensor whose element at each index stands at a position of x.</summary>
    public static Tensor Gathered(Tensor x, int[] shape, Func<int[], int> position)
    {
        int[] positions = new int[Tensor.Count(shape)];
        int at = 0;
        foreach (int[] index in Strides.Indices(shape)) positions[at++] = position(index);
        return x.Pick(shape, positions);
    }

    private static Tensor[] Dropout(Call call)
    {
        if (call.Optional(2) is { } training && training.Integers[0] != 0) throw call.Node.Wrong("expected the form of inference; export the model in evaluation mode");
        return [call[0], new(call[0].Shape, Enumerable.Repeat(1L, call[0].Length).ToArray())];
    }

    private static Tensor Flatten(Call call)
    {
        long given = call.Node.Integer("axis", 1);
        int axis = given == call[0].Rank ? call[0].Rank : call.Axis(given, call[0].Rank);
        return call[0].WithShape([Tensor.Count(call[0].Shape.Take(axis)), Tensor.Count(call[0].Shape.Skip(axis))]);
    }

    /// <summary>0 copies an extent, -1 is what remains.</summary>
    private static Tensor Reshape(Call call)
    {
        int[] wanted = call.Integers("shape", 1) ?? throw call.Node.Wrong("expected a shape");
        bool copies = call.Node.Integer("allowzero", 0) == 0;
        int[] shape = [.. wanted.Select((extent, axis) => extent != 0 || !copies ? extent
            : axis < call[0].Rank ? call[0].Shape[axis] : throw call.Node.Wrong($"expected an extent to copy at axis {axis} of {Tensor.Text(call[0].Shape)}"))];
        int rest = Array.IndexOf(shape, -1);
        if (rest >= 0)
        {
            int others = Tensor.Count(shape.Where((_, axis) => axis != rest));
            shape[rest] = others == 0 ? 0 : call[0].Length / others;
        }

        call.Require(Tensor.Count(shape) == call[0].Length, $"a shape of {call[0].Length} elements", wanted);
        return call[0].WithShape(shape);
    }

    private static Tensor Squeeze(Call call)
    {
        int rank = call[0].Rank;
        var axes = call.Integers("axes", 1)?.Select(axis => call.Axis(axis, rank)).ToHashSet()
            ?? [.. Enumerable.Range(0, rank).Where(axis => call[0].Shape[axis] == 1)];
        call.Require(axes.All(axis => call[0].Shape[axis] == 1), "extents of 1 at the axes to leave out", call[0].Shape);
        return call[0].WithShape(call[0].Shape.Where((_, axis) => !axes.Contains(axis)));
    }

    private static Tensor Unsqueeze(Call call)
    {
        int[] given = call.Integers("axes", 1) ?? throw call.Node.Wrong("expected axes");
        int rank = call[0].Rank + given.Length;
        var axes = given.Select(axis => call.Axis(axis, rank)).ToHashSet();
        if (axes.Count != given.Length) throw call.Node.Wrong("expected each axis once");
        int next = 0;
        return call[0].WithShape(Enumerable.Range(0, rank).Select(axis => axes.Contains(axis) ? 1 : call[0].Shape[next++]).ToArray());
    }

    private static Tensor Transpose(Call call)
    {
        int rank = call[0].Rank;
        int[] order = call.Node.Extents("perm", rank) ?? [.. Enumerable.Range(0, rank).Reverse()];
        call.Require(order.Order().SequenceEqual(Enumerable.Range(0, rank)), $"an order of {rank} axes", order);
        return Transpose(call[0], order);
    }

    private static Tensor Concat(Call call)
    {
        int axis = call.Axis(call.Node.Integer("axis", call.Opset < 4 ? 1 : 0), call[0].Rank);
        var parts = call.All;
        foreach (var part in parts)
        {
            call.Require(part.Rank == call[0].Rank && part.Shape.Where((extent, at) => at != axis && extent != call[0].Shape[at]).Take(1).Any() == false,
                $"the extents of {Tensor.Text(call[0].Shape)} but along axis {axis}", part.Shape);
        }

        int[] shape = [.. call[0].Shape];
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        int count = Tensor.Count(shape), row = Tensor.Count(shape.Skip(axis));
        return call[0].IsFloat ? new(shape, Joined(part => part.Floats)) : new(shape, Joined(part => part.Integers));

        T[] Joined<T>(Func<Tensor, T[]> values)
        {
            var joined = new T[count];
            int first = 0;
            foreach (var part in parts)
            {
                int length = Tensor.Count(part.Shape.Skip(axis));
                for (int at = 0; length > 0 && at < part.Length; at += length) Array.Copy(values(part), at, joined, at / length * row + first, length);
                first += length;
            }

            return joined;
        }
    }

    private static Tensor[] Split(Call call)
    {
        int axis = call.Axis(call.Node.Integer("axis", 0), call[0].Rank), extent = call[0].Shape[axis], parts = call.Node.Outputs.Count;
        int each = (extent + parts - 1) / parts;
        int[] lengths = call.Integers("split", 1) ?? [.. Enumerable.Range(0, parts).Select(part => Math.Max(0, Math.Min(each, extent - part * each)))];
        call.Require(lengths.Sum() == extent && lengths.All(length => length >= 0), $"parts of {extent} altogether", lengths);
        int first = 0;
        return [.. lengths.Select(length =>
        {
            var part = Along(call[0], axis, length, at => first + at);
            first += length;
            return part;
        })];
    }

    /// <summary>A tensor of other positions along one axis.</summary>
    private static Tensor Along(Tensor x, int axis, int length, Func<int, int> position)
    {
        int[] strides = Strides.Of(x.Shape), shape = [.. x.Shape];
        shape[axis] = length;
        return Gathered(x, shape, index => Strides.Dot(index, strides) + (position(index[axis]) - index[axis]) * strides[axis]);
    }

    /// <summary>Starts, ends and steps are attributes before opset 10 and inputs from then on.</summary>
    private static Tensor Slice(Call call)
    {
        long[] starts = Of("starts", 1) ?? throw call.Node.Wrong("expected starts"), ends = Of("ends", 2) ?? throw call.Node.Wrong("expected ends");
        long[] axes = Of("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)], steps = call.Optional(4)?.Integers ?? [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length) throw call.Node.Wrong("expected as many ends, axes and steps as starts");
        var x = call[0];
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = call.Axis(axes[i], x.Rank), extent = x.Shape[axis];
            long step = steps[i] != 0 ? steps[i] : throw call.Node.Wrong("expected steps other than 0");
            long start = Math.Clamp(starts[i] < 0 ? starts[i] + extent : starts[i], step < 0 ? -1 : 0, step < 0 ? extent - 1 : extent);
            long end = Math.Clamp(ends[i] < 0 ? ends[i] + extent : ends[i], step < 0 ? -1 : 0, step < 0 ? extent - 1 : extent);
            // Two steps: the difference divided by a step of any size, rounded up.
            long count = Math.Max(0, (end - start) / step + ((end - start) % step == 0 || (end - start < 0) != (step < 0) ? 0 : 1));
            x = Along(x, axis, (int)count, at => (int)(start + at * step));
        }

        return x;

        long[]? Of(string attribute, int input) => call.Node.Integers(attribute) ?? call.Optional(input)?.Integers;
    }

    private static Tensor Pad(Call call)
    {
        int rank = call[0].Rank;
        int[] given = call.Integers("pads", 1) ?? throw call.Node.Wrong("expected pads");
        int[]? axes = call.Optional(3)?.Integers.Select(axis => call.Axis(axis, rank)).ToArray();
        int half = axes?.Length ?? rank;
        call.Require(given.Length == 2 * half, $"{2 * half} pads", [given.Length]);
        int[] before = new int[rank], after = new int[rank];
        for (int i = 0; i < half; i++) (before[axes?[i] ?? i], after[axes?[i] ?? i]) = (given[i], given[half + i]);
        string mode = call.Node.Text("mode", "constant");
        float value = call.Node.Has("value") ? call.Node.Float("value", 0) : call.Optional(2)?.Floats[0] ?? 0;
        int[] strides = Strides.Of(call[0].Shape);
        int[] shape = [.. call[0].Shape.Select((extent, axis) => call.Int((long)extent + before[axis] + after[axis]))];
        float[] x = call[0].Floats, y = new float[Tensor.Count(shape)];
        int at = 0;
        foreach (int[] index in Strides.Indices(shape))
        {
            int position = 0;
            for (int axis = 0; axis < rank && position >= 0; axis++)
            {
                int source = Source(index[axis] - before[axis], call[0].Shape[axis], mode, call);
                position = source < 0 ? -1 : position + source * strides[axis];
            }

            y[at++] = position < 0 ? value : x[position];
        }

        return new(shape, y);
    }

    /// <summary>Which element stands at a place beyond the end; -1 where the constant does.</summary>
    private static int Source(int at, int extent, string mode, Call call)
    {
        if (at >= 0 && at < extent) return at;
        return mode switch
        {
            "constant" => -1,
            "edge" => Math.Clamp(at, 0, extent - 1),
            "reflect" when at > -extent && at < 2 * extent - 1 => at < 0 ? -at : 2 * (extent - 1) - at,
            _ => throw call.Node.Wrong($"expected mode constant, edge, or reflect by less than the image's extent, found {mode}"),
        };
    }

    private static Tensor Expand(Call call)
    {
        int[] wanted = call.Integers("shape", 1) ?? throw call.Node.Wrong("expected a shape");
        int[]? shape = Strides.Broadcast(call[0].Shape, wanted);
        call.Require(shape is not null, $"a shape that {Tensor.Text(call[0].Shape)} stretches to", wanted);
        return call[0].Pick(shape!, Strides.Stretched(call[0].Shape, shape!));
    }

    private static Tensor Tile(Call call)
    {
        int[] repeats = call.Integers("repeats", 1) ?? throw call.Node.Wrong("expected repeats"), strides = Strides.Of(call[0].Shape);
        call.Require(repeats.Length == call[0].Rank && repeats.All(times => times >= 0), $"{call[0].Rank} repeats", repeats);
        int[] shape = [.. call[0].Shape.Select((extent, axis) => call.Int((long)extent * repeats[axis]))];
        return Gathered(call[0], shape, index =>
        {
            int position = 0;
            for (int axis = 0; axis < index.Length; axis++) position += index[axis] % call[0].Shape[axis] * strides[axis];
            return position;
        });
    }

    private static Tensor Gather(Call call)
    {
        Tensor x = call[0], indices = call[1];
        int axis = call.Axis(call.Node.Integer("axis", 0), x.Rank), extent = x.Shape[axis], inner = Tensor.Count(x.Shape.Skip(axis + 1));
        int[] shape = [.. x.Shape.Take(axis), .. indices.Shape, .. x.Shape.Skip(axis + 1)];
        int[] chosen = Array.ConvertAll(indices.Integers, index => index >= -extent && index < extent
            ? (int)(index < 0 ? index + extent : index)
            : throw call.Node.Wrong($"expected indices from {-extent} to {extent - 1}, found {index}"));
        int[] positions = new int[Tensor.Count(shape)];
        for (int at = 0; at < positions.Length; at++)
        {
            positions[at] = (at / inner / chosen.Length * extent + chosen[at / inner % chosen.Length]) * inner + at % inner;
        }

        return x.Pick(shape, positions);
    }

    private static Tensor DepthToSpace(Call call)
    {
        var (n, c, h, w, block) = Blocks(call);
        call.Require(c % (block * block) == 0, $"channels in blocks of {block * block}", call[0].Shape);
        int outs = c / block / block;
        bool columnsFirst = call.Node.Text("mode", "DCR") == "CRD";
        return Gathered(call[0], [n, outs, h * block, w * block], index =>
        {
            int tap = index[2] % block * block + index[3] % block;
            int channel = columnsFirst ? index[1] * block * block + tap : tap * outs + index[1];
            return ((index[0] * c + channel) * h + index[2] / block) * w + index[3] / block;
        });
    }

    private static Tensor SpaceToDepth(Call call)
    {
        var (n, c, h, w, block) = Blocks(call);
        call.Require(h % block == 0 && w % block == 0, $"an image in blocks of {block}", call[0].Shape);
        return Gathered(call[0], [n, c * block * block, h / block, w / block], index =>
        {
            int tap = index[1] / c;
            return ((index[0] * c + index[1] % c) * h + index[2] * block + tap / block) * w + index[3] * block + tap % block;
        });
    }

    private static (int N, int C, int H, int W, int Block) Blocks(Call call)
    {
        var shape = call[0].Shape;
        int block = call.Int(call.Node.Integer("blocksize", 0));
        call.Require(shape.Count == 4 && block >= 1, "images and a block of 1 or more", shape);
        return (shape[0], shape[1], shape[2], shape[3], block);
    }
}
