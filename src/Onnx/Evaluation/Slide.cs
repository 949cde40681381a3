namespace StaticCnn.Onnx.Evaluation;

/// <summary>How a kernel slides over an image of any number of spatial axes, by the attributes that convolutions and poolings share.</summary>
internal sealed record Slide(int[] Kernel, int[] Stride, int[] Dilation, int[] Before, int[] After, int[] Image, int[] Output)
{
    /// <summary>From an image to positions of the kernel.</summary>
    public static Slide Of(Call call, int[] kernel, int[] image)
    {
        var (stride, dilation, before, after) = Read(call, kernel, image);
        bool ceil = call.Node.Integer("ceil_mode", 0) != 0;
        int[] output = new int[kernel.Length];
        for (int axis = 0; axis < kernel.Length; axis++)
        {
            long room = (long)image[axis] + before[axis] + after[axis] - Span(kernel, dilation, axis);
            if (room < 0) throw call.Node.Wrong($"expected an image of at least its kernel's extent, found {Tensor.Text(image)} for {Tensor.Text(kernel)}");
            output[axis] = (int)(room / stride[axis]) + 1;
            // A last window that hangs over the end, but none that begins in the padding behind it.
            if (ceil && room % stride[axis] != 0 && (long)output[axis] * stride[axis] < (long)image[axis] + before[axis]) output[axis]++;
        }

        return new(kernel, stride, dilation, before, after, image, output);
    }

    /// <summary>From positions of the kernel (of `input`) to the image that it is laid on: a transposed convolution. `Image` and `Output` are both that image.</summary>
    public static Slide Transposed(Call call, int[] kernel, int[] input)
    {
        int axes = kernel.Length;
        int[] stride = call.Node.Extents("strides", axes) ?? Ones(axes), dilation = call.Node.Extents("dilations", axes) ?? Ones(axes);
        RequirePositive(call, stride, dilation);
        int[] more = call.Node.Extents("output_padding", axes) ?? new int[axes];
        int[] pads = call.Node.Extents("pads", 2 * axes) ?? new int[2 * axes];
        int[] before = pads[..axes], after = pads[axes..], output = new int[axes];
        int[]? wanted = call.Node.Extents("output_shape", axes);
        string auto = call.Node.Text("auto_pad", "NOTSET");
        for (int axis = 0; axis < axes; axis++)
        {
            long whole = (long)stride[axis] * (input[axis] - 1) + more[axis] + Span(kernel, dilation, axis);
            if (wanted is not null || auto.StartsWith("SAME", StringComparison.Ordinal))
            {
                output[axis] = wanted?[axis] ?? call.Int((long)input[axis] * stride[axis]);
                int excess = call.Int(Math.Max(0, whole - output[axis])), less = excess / 2;
                before[axis] = auto == "SAME_UPPER" ? less : excess - less;
                after[axis] = excess - before[axis];
            }
            else
            {
                output[axis] = call.Int(whole - before[axis] - after[axis]);
            }

            if (output[axis] < 1) throw call.Node.Wrong($"expected an output of at least one pixel, found {output[axis]}");
        }

        return new(kernel, stride, dilation, before, after, output, output);
    }

    /// <summary>Each tap of the kernel at position p that lies on the image: its pixel and its tap.</summary>
    public void Visit(int[] p, Action<int, int> visit)
    {
        Visit(p, 0, 0, 0, visit);
    }

    private void Visit(int[] p, int axis, int pixel, int tap, Action<int, int> visit)
    {
        if (axis == Kernel.Length)
        {
            visit(pixel, tap);
            return;
        }

        for (int k = 0; k < Kernel[axis]; k++)
        {
            long at = (long)p[axis] * Stride[axis] + (long)k * Dilation[axis] - Before[axis];
            if (at >= 0 && at < Image[axis]) Visit(p, axis + 1, pixel * Image[axis] + (int)at, tap * Kernel[axis] + k, visit);
        }
    }

    /// <summary>How many taps of the kernel at position p lie on the image or its declared padding.</summary>
    public int Covered(int[] p)
    {
        int product = 1;
        for (int axis = 0; axis < Kernel.Length; axis++)
        {
            int taps = 0;
            for (int k = 0; k < Kernel[axis]; k++)
            {
                long at = (long)p[axis] * Stride[axis] + (long)k * Dilation[axis] - Before[axis];
                if (at < (long)Image[axis] + After[axis]) taps++;
            }

            product *= taps;
        }

        return product;
    }

    private static (int[] Stride, int[] Dilation, int[] Before, int[] After) Read(Call call, int[] kernel, int[] image)
    {
        int axes = kernel.Length;
        int[] declared = call.Node.Extents("kernel_shape", axes) ?? kernel;
        if (!declared.AsSpan().SequenceEqual(kernel) || kernel.Any(extent => extent < 1))
        {
            throw call.Node.Wrong($"expected a kernel of {Tensor.Text(kernel)}, found {Tensor.Text(declared)}");
        }

        int[] stride = call.Node.Extents("strides", axes) ?? Ones(axes), dilation = call.Node.Extents("dilations", axes) ?? Ones(axes);
        RequirePositive(call, stride, dilation);
        int[] pads = call.Node.Extents("pads", 2 * axes) ?? new int[2 * axes];
        int[] before = pads[..axes], after = pads[axes..];
        string auto = call.Node.Text("auto_pad", "NOTSET");
        if (auto is "SAME_UPPER" or "SAME_LOWER")
        {
            for (int axis = 0; axis < axes; axis++)
            {
                int output = (int)(((long)image[axis] + stride[axis] - 1) / stride[axis]);
                int pad = call.Int(Math.Max(0, (long)(output - 1) * stride[axis] + Span(kernel, dilation, axis) - image[axis]));
                before[axis] = auto == "SAME_UPPER" ? pad / 2 : pad - pad / 2;
                after[axis] = pad - before[axis];
            }
        }
        else if (auto is not ("NOTSET" or "VALID" or ""))
        {
            throw call.Node.Wrong($"expected auto_pad as NOTSET, VALID, SAME_UPPER or SAME_LOWER, found {auto}");
        }

        return (stride, dilation, before, after);
    }

    private static void RequirePositive(Call call, int[] stride, int[] dilation)
    {
        if (stride.Concat(dilation).Any(step => step < 1)) throw call.Node.Wrong("expected strides and dilations of 1 or more");
    }

    private static long Span(int[] kernel, int[] dilation, int axis) => (kernel[axis] - 1L) * dilation[axis] + 1;

    private static int[] Ones(int count) => [.. Enumerable.Repeat(1, count)];
}
