using StaticCnn.Generator.Plan;
using Buffer = StaticCnn.Generator.Plan.Buffer;

namespace StaticCnn.Generator.Kernels.Ir;

/// <summary>As many neighbouring floats as there are lanes.</summary>
internal sealed record Load(Buffer Buffer, Affine Index) : Value;

/// <summary>One float in every lane.</summary>
internal sealed record Broadcast(Buffer Buffer, Affine Index) : Value;

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
