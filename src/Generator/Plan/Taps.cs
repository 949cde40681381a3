namespace StaticCnn.Generator.Plan;

/// <summary>
/// How one axis of a convolution walks: output position <c>OutStart + OutStep*t</c> sums, over its taps
/// <c>j</c>, input position <c>InStep*t + InStart + InTapStep*j</c> times kernel position <c>KernelStart + KernelStep*j</c>.
/// The forward pass and the input gradient are both of this form, so one kernel serves both.
/// </summary>
internal sealed record Taps(
    int Count, int Positions, int OutStart, int OutStep, int InStart, int InStep, int InTapStep, int KernelStart, int KernelStep)
{
    /// <summary>The forward pass along one axis.</summary>
    public static Taps Forward(int kernel, int stride, int padding, int output, int dilation = 1) =>
        new(kernel, output, 0, 1, -padding, stride, dilation, 0, 1);

    /// <summary>
    /// The input gradient along one axis, one entry per residue of the input position modulo the stride: each
    /// residue meets its own subset of kernel positions, so no product with an inserted zero is ever computed.
    /// </summary>
    public static EquatableArray<Taps> InputGradient(int kernel, int stride, int padding, int input, int dilation = 1)
    {
        var phases = new List<Taps>();
        for (int residue = 0; residue < stride && residue < input; residue++)
        {
            // The taps that meet this residue are every step-th one, from the first that does.
            int step = stride / Divisor(stride, dilation);
            int first = Enumerable.Range(0, step).FirstOrDefault(tap => (residue + padding - tap * dilation) % stride == 0);
            bool meets = (residue + padding - first * dilation) % stride == 0;
            int count = meets && first < kernel ? (kernel - first + step - 1) / step : 0;
            int positions = (input - residue + stride - 1) / stride;
            phases.Add(new Taps(
                count, positions, residue, stride, count == 0 ? 0 : (residue + padding - first * dilation) / stride, 1, -(step * dilation / stride), first, step));
        }

        return phases.ToEquatableArray();
    }

    private static int Divisor(int one, int other) => other == 0 ? one : Divisor(other, one % other);

    /// <summary>The least input position read.</summary>
    public int FirstInput => InStart + Math.Min(0, InTapStep * (Count - 1));

    /// <summary>The greatest input position read.</summary>
    public int LastInput => InStep * (Positions - 1) + InStart + Math.Max(0, InTapStep * (Count - 1));

    /// <summary>The zero border that reads of these axes need around an input of the given size.</summary>
    public static Border Border(IEnumerable<Taps> rows, IEnumerable<Taps> columns, int height, int width)
    {
        var down = rows.Where(axis => axis.Count > 0).ToList();
        var across = columns.Where(axis => axis.Count > 0).ToList();
        if (down.Count == 0 || across.Count == 0) return Plan.Border.None;
        return new Border(
            Math.Max(0, -down.Min(axis => axis.FirstInput)),
            Math.Max(0, -across.Min(axis => axis.FirstInput)),
            Math.Max(0, down.Max(axis => axis.LastInput) - (height - 1)),
            Math.Max(0, across.Max(axis => axis.LastInput) - (width - 1)));
    }
}
