using CsCheck;
using StaticCnn.Generator.Plan;

namespace Generator.Tests.Plan;

/// <summary>One axis of a convolution against the enumeration of its (output, kernel, input) triples.</summary>
public class TapsTests
{
    private sealed record Axis(int Kernel, int Stride, int Padding, int Input)
    {
        public int Output => (Input + 2 * Padding - Kernel) / Stride + 1;

        /// <summary>What the definition multiplies: positions inside the image only.</summary>
        public HashSet<(int Output, int Kernel, int Input)> Products =>
            [.. from o in Enumerable.Range(0, Output)
                from k in Enumerable.Range(0, Kernel)
                let i = o * Stride + k - Padding
                where i >= 0 && i < Input
                select (o, k, i)];
    }

    private static readonly Gen<Axis> Axes = Gen.Select(Gen.Int[1, 11], Gen.Int[1, 13], Gen.Int[0, 10], Gen.Int[1, 20], (kernel, stride, padding, input) =>
    {
        padding = Math.Min(padding, kernel - 1);
        return new Axis(Math.Min(kernel, input + 2 * padding), stride, Math.Min(padding, Math.Min(kernel, input + 2 * padding) - 1), input);
    }).Where(axis => axis.Kernel <= axis.Input + 2 * axis.Padding);

    [Fact]
    public void ForwardMeetsEveryProductOnce() => Axes.Sample(axis =>
    {
        var taps = Taps.Forward(axis.Kernel, axis.Stride, axis.Padding, axis.Output);
        var met = Walk([taps]).Where(at => at.In >= 0 && at.In < axis.Input).Select(at => (at.Out, at.Kernel, at.In)).ToList();
        Assert.Equal(met.Count, met.Distinct().Count());
        Assert.Equal(axis.Products, met.ToHashSet());
    });

    [Fact]
    public void TheInputGradientMeetsEveryProductOnce() => Axes.Sample(axis =>
    {
        var phases = Taps.InputGradient(axis.Kernel, axis.Stride, axis.Padding, axis.Input);
        // Here what is written is an input position and what is read an output position.
        var met = Walk(phases).Where(at => at.In >= 0 && at.In < axis.Output).Select(at => (at.In, at.Kernel, at.Out)).ToList();
        Assert.Equal(met.Count, met.Distinct().Count());
        Assert.Equal(axis.Products, met.ToHashSet());
        // Every input position is written by exactly one phase, by those without a product, too.
        Assert.Equal(
            Enumerable.Range(0, axis.Input),
            phases.SelectMany(phase => Enumerable.Range(0, phase.Positions).Select(t => phase.OutStart + phase.OutStep * t)).Order());
    });

    [Fact]
    public void TheBorderHoldsWhatIsReadOutside() => Gen.Select(Axes, Axes).Sample((rows, columns) =>
    {
        Check(
            [Taps.Forward(rows.Kernel, rows.Stride, rows.Padding, rows.Output)],
            [Taps.Forward(columns.Kernel, columns.Stride, columns.Padding, columns.Output)], rows.Input, columns.Input);
        Check(
            Taps.InputGradient(rows.Kernel, rows.Stride, rows.Padding, rows.Input),
            Taps.InputGradient(columns.Kernel, columns.Stride, columns.Padding, columns.Input), rows.Output, columns.Output);

        static void Check(IReadOnlyList<Taps> down, IReadOnlyList<Taps> across, int height, int width)
        {
            var border = Taps.Border(down, across, height, width);
            var (readRows, readColumns) = (Walk(down).Select(at => at.In).ToList(), Walk(across).Select(at => at.In).ToList());
            if (readRows.Count == 0 || readColumns.Count == 0)
            {
                Assert.Equal(Border.None, border);
                return;
            }

            Assert.Equal(Math.Max(0, -readRows.Min()), border.Top);
            Assert.Equal(Math.Max(0, readRows.Max() - height + 1), border.Bottom);
            Assert.Equal(Math.Max(0, -readColumns.Min()), border.Left);
            Assert.Equal(Math.Max(0, readColumns.Max() - width + 1), border.Right);
        }
    });

    private static IEnumerable<(int Out, int Kernel, int In)> Walk(IEnumerable<Taps> phases) =>
        from taps in phases
        from t in Enumerable.Range(0, taps.Positions)
        from j in Enumerable.Range(0, taps.Count)
        select (taps.OutStart + taps.OutStep * t, taps.KernelStart + taps.KernelStep * j, taps.InStep * t + taps.InStart + taps.InTapStep * j);
}
