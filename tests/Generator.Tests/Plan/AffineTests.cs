using CsCheck;
using StaticCnn.Generator.Plan;

namespace Generator.Tests.Plan;

/// <summary>Affine arithmetic against the same arithmetic on numbers.</summary>
public class AffineTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    private static readonly Gen<(Affine Index, int[] Coefficients, int Constant)> Indices =
        Gen.Select(Gen.Int[-9, 9].Array[3], Gen.Int[-99, 99], (coefficients, constant) =>
        {
            Affine index = constant;
            for (int i = 0; i < 3; i++) index += Affine.Variable(Names[i]) * coefficients[i];
            return (index, coefficients, constant);
        });

    [Fact]
    public void ArithmeticIsThatOfNumbers() => Gen.Select(Indices, Indices, Gen.Int[-5, 5], Gen.Int[0, 7].Array[3])
        .Sample((one, other, factor, values) =>
        {
            Assert.Equal(Value(one, values) + Value(other, values), At(one.Index + other.Index, values));
            Assert.Equal(Value(one, values) - Value(other, values), At(one.Index - other.Index, values));
            Assert.Equal(Value(one, values) * factor, At(one.Index * factor, values));
            Assert.Equal(0, At(one.Index.VariablePart() + one.Constant - one.Index, values));
        });

    [Fact]
    public void TheRangeIsExact() => Gen.Select(Indices, Gen.Int[1, 4].Array[3]).Sample((index, extents) =>
    {
        var values = from a in Enumerable.Range(0, extents[0])
                     from b in Enumerable.Range(0, extents[1])
                     from c in Enumerable.Range(0, extents[2])
                     select (long)Value(index, [a, b, c]);
        var (least, greatest) = index.Index.Range(Names.Zip(extents).ToDictionary(pair => pair.First, pair => pair.Second));
        Assert.Equal(values.Min(), least);
        Assert.Equal(values.Max(), greatest);
    });

    [Fact]
    public void EqualIndicesAreEqual() => Gen.Select(Indices, Indices).Sample((one, other) =>
    {
        var sum = one.Index + other.Index - other.Index;
        Assert.Equal(one.Index, sum);
        Assert.Equal(one.Index.GetHashCode(), sum.GetHashCode());
        Assert.Equal(one.Coefficients.SequenceEqual(other.Coefficients) && one.Constant == other.Constant, one.Index.Equals(other.Index));
    });

    [Fact]
    public void AnUnknownVariableHasNoRange() =>
        Assert.Contains("'b'", Assert.Throws<InvalidOperationException>(
            () => (Affine.Variable("b") + 1).Range(new Dictionary<string, int> { ["a"] = 3 })).Message, StringComparison.Ordinal);

    [Fact]
    public void TextIsCSharp()
    {
        Assert.Equal("0", ((Affine)0).ToString());
        Assert.Equal("a * 2 + b - 3", (Affine.Variable("b") + Affine.Variable("a") * 2 + -3).ToString());
        Assert.Equal("a", (Affine.Variable("a") + Affine.Variable("b") - Affine.Variable("b")).ToString());
    }

    [Fact]
    public void OverflowIsNotSilent() => Assert.Throws<OverflowException>(() => (Affine)int.MaxValue + 1);

    private static int Value((Affine Index, int[] Coefficients, int Constant) index, int[] values) =>
        index.Constant + index.Coefficients.Zip(values, (coefficient, value) => coefficient * value).Sum();

    private static int At(Affine index, int[] values)
    {
        for (int i = 0; i < Names.Length; i++) index = index.Substitute(new Dictionary<string, int> { [Names[i]] = values[i] });
        Assert.True(index.IsConstant);
        return index.Constant;
    }
}
