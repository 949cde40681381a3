namespace StaticCnn.Generator.Graph;

/// <summary>One parameter of a layer, or a state.</summary>
/// <param name="Name">Within its layer, such as <c>weight</c>.</param>
/// <param name="Shape">Its PyTorch shape.</param>
/// <param name="FanIn">Inputs that each output sums over; bounds the initial values.</param>
/// <param name="Rows">Rows that each start on a cache line: a linear weight's outputs, else 1.</param>
internal sealed record ParameterShape(string Name, EquatableArray<int> Shape, int FanIn, int Rows = 1)
{
    /// <summary>What all its values are at first; null where they are drawn.</summary>
    public float? Initial { get; init; }

    /// <summary>Whether no gradient moves it.</summary>
    public bool IsState { get; init; }

    /// <summary>Whether it is a whole number, a count of steps.</summary>
    public bool IsCount { get; init; }

    public decimal Count => Shape.Aggregate(1m, (product, size) => product * size);
}
