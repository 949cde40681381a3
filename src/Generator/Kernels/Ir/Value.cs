using StaticCnn.Generator.Plan;
using Buffer = StaticCnn.Generator.Plan.Buffer;

namespace StaticCnn.Generator.Kernels.Ir;

/// <summary>A vector of floats.</summary>
internal abstract record Value
{
    public static Value operator +(Value left, Value right) => new Apply(Operator.Add, left, right);

    public static Value operator -(Value left, Value right) => new Apply(Operator.Subtract, left, right);

    public static Value operator *(Value left, Value right) => new Apply(Operator.Multiply, left, right);

    public static Value operator /(Value left, Value right) => new Apply(Operator.Divide, left, right);

    public static implicit operator Value(float value) => new Constant(value);
}

/// <summary>As many neighbouring floats as there are lanes.</summary>
internal sealed record Load(Buffer Buffer, Affine Index) : Value;

/// <summary>One float in every lane.</summary>
internal sealed record Broadcast(Buffer Buffer, Affine Index) : Value;

/// <summary>A constant in every lane.</summary>
internal sealed record Constant(float Number) : Value;

/// <summary>An index as a number in every lane; constant once its loops are unrolled.</summary>
internal sealed record IndexNumber(Affine Index) : Value;

/// <summary>A vector register: a name and, for a tile of registers, subscripts that are constant once loops are unrolled.</summary>
internal sealed record Register(string Name, EquatableArray<Affine> Subscripts) : Value
{
    public Register(string name, params Affine[] subscripts) : this(name, subscripts.ToEquatableArray())
    {
    }
}

/// <summary>Inverted dropout's factor for each lane: 0 or the scale, by key, unit, threshold and scale.</summary>
internal sealed record DropoutScale(Load Keys, Affine Unit, Buffer Scalars, int ScalarOffset) : Value;

/// <summary>One vector of the sums over the lanes of as many vectors as there are lanes.</summary>
internal sealed record LaneSums(EquatableArray<Value> Vectors) : Value;

internal enum Operator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Maximum,
    Minimum,
    SquareRoot,

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
