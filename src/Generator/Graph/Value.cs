namespace StaticCnn.Generator.Graph;

/// <summary>A formula: what a layer's file writes, what is differentiated, and what is printed.</summary>
internal abstract record Value
{
    public static Value operator +(Value left, Value right) => new Apply(Operator.Add, left, right);

    public static Value operator -(Value left, Value right) => new Apply(Operator.Subtract, left, right);

    public static Value operator *(Value left, Value right) => new Apply(Operator.Multiply, left, right);

    public static Value operator /(Value left, Value right) => new Apply(Operator.Divide, left, right);

    public static implicit operator Value(float value) => new Constant(value);
}

/// <summary>A constant in every lane.</summary>
internal sealed record Constant(float Number) : Value;

/// <summary>One of the values that a formula is of.</summary>
internal sealed record Input(int Index) : Value;

/// <summary>Inverted dropout's factor: 0, or 1/(1-p), by image and unit.</summary>
/// <param name="Layer">The dropout's index among the layers.</param>
internal sealed record DropoutFactor(int Layer) : Value;

/// <summary>1 in the lanes that hold an image, 0 in the others.</summary>
internal sealed record Present : Value;

internal enum Operator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Maximum,
    Minimum,
    SquareRoot,
    Exponential,

    /// <summary>a*b+c in one rounding where the machine can.</summary>
    MultiplyAdd,

    /// <summary>All bits set where a &gt; b.</summary>
    Greater,

    /// <summary>All bits set where a = b.</summary>
    Equal,

    /// <summary>b where the bits of a are set, else c.</summary>
    Select,
}

internal sealed record Apply(Operator Operator, EquatableArray<Value> Arguments) : Value
{
    public Apply(Operator @operator, params Value[] arguments) : this(@operator, arguments.ToEquatableArray())
    {
    }
}

/// <summary>Short names for what formulas use most.</summary>
internal static class Formulas
{
    public static Value MultiplyAdd(Value left, Value right, Value addend) => new Apply(Operator.MultiplyAdd, left, right, addend);

    public static Value Max(Value left, Value right) => new Apply(Operator.Maximum, left, right);

    public static Value Min(Value left, Value right) => new Apply(Operator.Minimum, left, right);

    /// <summary>max(0,x); the operand order lets a NaN through instead of hiding it.</summary>
    public static Value Relu(Value value) => new Apply(Operator.Maximum, 0f, value);

    public static Value Greater(Value left, Value right) => new Apply(Operator.Greater, left, right);

    public static Value Equal(Value left, Value right) => new Apply(Operator.Equal, left, right);

    public static Value Select(Value mask, Value yes, Value no) => new Apply(Operator.Select, mask, yes, no);

    public static Value Sqrt(Value value) => new Apply(Operator.SquareRoot, value);

    public static Value Exp(Value value) => new Apply(Operator.Exponential, value);

    public static Value Sigmoid(Value x) => 1f / (1f + Exp(x * -1f));

    /// <summary>A ratio of polynomials, within a few units in the last place of a float.</summary>
    public static Value Tanh(Value value)
    {
        var x = Max(Min(value, 7.90531110763549805f), -7.90531110763549805f);
        var square = x * x;
        var numerator = Polynomial(
            square, -2.76076847742355e-16f, 2.00018790482477e-13f, -8.60467152213735e-11f, 5.12229709037114e-08f, 1.48572235717979e-05f,
            6.37261928875436e-04f, 4.89352455891786e-03f);
        var denominator = Polynomial(square, 1.19825839466702e-06f, 1.18534705686654e-04f, 2.26843463243900e-03f, 4.89352518554385e-03f);
        return x * numerator / denominator;
    }

    /// <summary>The error function as a ratio of polynomials, within a few units in the last place of a float.</summary>
    public static Value Erf(Value value)
    {
        var x = Max(Min(value, 4f), -4f);
        var square = x * x;
        var numerator = Polynomial(
            square, -2.72614225801306e-10f, 2.77068142495902e-08f, -2.10102402082508e-06f, -5.69250639462346e-05f, -7.34990630326855e-04f,
            -2.95459980854025e-03f, -1.60960333262415e-02f);
        var denominator = Polynomial(
            square, -1.45660718464996e-05f, -2.13374055278905e-04f, -1.68282697438203e-03f, -7.37332916720468e-03f, -1.42647390514189e-02f);
        return x * numerator / denominator;
    }

    private static Value Polynomial(Value x, params float[] coefficients) =>
        coefficients.Skip(1).Aggregate((Value)coefficients[0], (sum, coefficient) => MultiplyAdd(sum, x, coefficient));
}
