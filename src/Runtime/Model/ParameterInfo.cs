using System.Collections.Immutable;

namespace StaticCnn;

/// <summary>One parameter of a network and where its values stand in the <see cref="ParameterStore"/>.</summary>
/// <param name="Name">Its state_dict name, such as <c>conv1.weight</c>.</param>
/// <param name="Shape">Its PyTorch shape, such as [16,1,5,5].</param>
/// <param name="FanIn">Inputs that each output sums over; bounds the initial values.</param>
/// <param name="Offset">First float in the store, a multiple of 16.</param>
/// <param name="Rows">Rows of the stored matrix: a linear weight's outputs, else 1.</param>
/// <param name="RowPitch">Floats from one row to the next, a multiple of 16; those past a row's end stay zero.</param>
public sealed record ParameterInfo(
    string Name, ImmutableArray<int> Shape, int FanIn, int Offset, int Rows, int RowPitch)
{
    /// <summary>What all its values are at first; null where they are drawn, uniform in +-1/sqrt(fan-in).</summary>
    public float? Initial { get; init; }

    /// <summary>Whether it is a state, such as running statistics, which no gradient moves.</summary>
    public bool IsState { get; init; }

    /// <summary>Whether it is a whole number: a count of steps, I64 in files.</summary>
    public bool IsCount { get; init; }

    /// <summary>Learned values, the product of the shape.</summary>
    public int Count
    {
        get
        {
            int count = 1;
            foreach (int size in Shape) count *= size;
            return count;
        }
    }

    /// <summary>Values of one row.</summary>
    public int RowLength => Count / Rows;
}
