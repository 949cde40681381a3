using StaticCnn.Generator.Plan;
using Xunit.Abstractions;

namespace StaticCnn.Generator.Tests.Plan;

/// <summary>Winograd's filtering is the correlation that it stands for, and its rounding stays within what is admitted.</summary>
public class CookToomTests(ITestOutputHelper output)
{
    /// <summary>Every filtering for which there are points, with the relative error in float32 that it may show.</summary>
    public static TheoryData<int, int, double> Filterings => new()
    {
        { 3, 2, 5e-7 }, { 5, 2, 7e-6 }, { 7, 2, 9.5e-6 },
        { 2, 3, 5e-7 }, { 4, 3, 5e-6 }, { 6, 3, 7e-6 },
        { 3, 4, 5e-6 }, { 5, 4, 5e-6 },
        { 2, 5, 2e-6 }, { 4, 5, 5e-6 },
        { 3, 6, 5e-6 },
        { 2, 7, 4e-6 },
    };

    [Fact]
    public void TheTableHoldsEveryFilteringThatIsAdmitted()
    {
        var admitted = from outputs in Enumerable.Range(1, 12)
                       from kernel in Enumerable.Range(1, 11)
                       where CookToom.IsPossible(outputs, kernel)
                       select (outputs, kernel);
        Assert.Equal(admitted.Order(), Filterings.Select(row => ((int)row[0], (int)row[1])).Order());
    }

    [Theory]
    [MemberData(nameof(Filterings))]
    public void IsTheCorrelation(int outputs, int kernel, double bound)
    {
        _ = bound;
        var filtering = new CookToom(outputs, kernel);
        var random = new System.Random(outputs * 100 + kernel);
        double[] x = Draw(random, filtering.Size), taps = Draw(random, kernel);
        double[] products = [.. Multiply(filtering.Taps, taps).Zip(Multiply(filtering.In, x), (a, b) => a * b)];
        double[] y = Multiply(filtering.Out, products);
        for (int i = 0; i < outputs; i++)
        {
            Assert.Equal(Enumerable.Range(0, kernel).Sum(j => x[i + j] * taps[j]), y[i], 1e-12);
        }
    }

    /// <summary>
    /// In float32 and two dimensions, summed over 16 input channels: the largest error relative to the largest output. The
    /// admitted bound is 1e-5 for a forward pass and 1e-4 for gradients; every tile stays below the first.
    /// </summary>
    [Theory]
    [MemberData(nameof(Filterings))]
    public void RoundsWithinItsBound(int outputs, int kernel, double bound)
    {
        var filtering = new CookToom(outputs, kernel);
        var random = new System.Random(outputs * 100 + kernel);
        double worst = 0, largest = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            int t = filtering.Size;
            var sums = new float[t * t];
            var exact = new double[outputs * outputs];
            for (int channel = 0; channel < 16; channel++)
            {
                double[] x = Draw(random, t * t), taps = Draw(random, kernel * kernel);
                float[] u = Transform(filtering.Taps, taps, kernel), v = Transform(filtering.In, x, t);
                for (int i = 0; i < sums.Length; i++) sums[i] = MathF.FusedMultiplyAdd(u[i], v[i], sums[i]);
                for (int i = 0; i < exact.Length; i++)
                {
                    for (int j = 0; j < taps.Length; j++)
                    {
                        exact[i] += (float)x[(i / outputs + j / kernel) * t + i % outputs + j % kernel] * (double)(float)taps[j];
                    }
                }
            }

            float[] y = Transform(filtering.Out, [.. sums.Select(value => (double)value)], t);
            largest = Math.Max(largest, exact.Max(Math.Abs));
            worst = Math.Max(worst, exact.Zip(y, (a, b) => Math.Abs(a - b)).Max());
        }

        output.WriteLine($"F({outputs}x{outputs}, {kernel}x{kernel}): {worst / largest:E2}");
        Assert.InRange(worst / largest, 0, bound);
        Assert.True(bound < 1e-5);
    }

    private static double[] Draw(System.Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];

    private static double[] Multiply(double[][] matrix, double[] x) => [.. matrix.Select(row => row.Zip(x, (a, b) => a * b).Sum())];

    /// <summary>matrix * x * matrix' in float32, x being square.</summary>
    private static float[] Transform(double[][] matrix, double[] x, int size)
    {
        int rows = matrix.Length;
        var half = new float[rows * size];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < size; j++)
            {
                for (int k = 0; k < size; k++) half[i * size + j] = MathF.FusedMultiplyAdd((float)matrix[i][k], (float)x[k * size + j], half[i * size + j]);
            }
        }

        var result = new float[rows * rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < rows; j++)
            {
                for (int k = 0; k < size; k++) result[i * rows + j] = MathF.FusedMultiplyAdd((float)matrix[j][k], half[i * size + k], result[i * rows + j]);
            }
        }

        return result;
    }
}
