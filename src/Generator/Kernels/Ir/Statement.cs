using StaticCnn.Generator.Plan;
using Buffer = StaticCnn.Generator.Plan.Buffer;

namespace StaticCnn.Generator.Kernels.Ir;

internal abstract record Statement;

/// <summary>Runs its body for the variable from 0 to extent minus 1, or is written out that many times.</summary>
internal sealed record For(string Variable, int Extent, bool Unroll, EquatableArray<Statement> Body) : Statement;

/// <summary>Gives a register a value; the first time in a block, it also declares it.</summary>
internal sealed record Set(Register Target, Value Value) : Statement;

internal sealed record Store(Buffer Buffer, Affine Index, Value Value) : Statement;

/// <summary>Stores the sum of a vector's lanes as one float.</summary>
internal sealed record StoreSum(Buffer Buffer, Affine Index, Value Value) : Statement;

/// <summary>Copies one float.</summary>
internal sealed record Move(Buffer Source, Affine SourceIndex, Buffer Destination, Affine DestinationIndex) : Statement;

/// <summary>Writes a square block of lanes x lanes floats transposed.</summary>
internal sealed record Transpose(
    Buffer Source, Affine SourceIndex, int SourcePitch, Buffer Destination, Affine DestinationIndex, int DestinationPitch)
    : Statement;

/// <summary>A line for the reader of the generated code.</summary>
internal sealed record Remark(string Text) : Statement;

/// <summary>
/// One generated method. Variables that it is given (which piece of work to do) count as loops around its body whose
/// extents the verifier knows.
/// </summary>
/// <param name="Name">The method's name.</param>
/// <param name="Summary">What it computes, for the comment above it.</param>
/// <param name="Arguments">The variables that it is given, each with its extent.</param>
/// <param name="Body">Its statements.</param>
internal sealed record Kernel(string Name, string Summary, EquatableArray<Argument> Arguments, EquatableArray<Statement> Body)
{
    /// <summary>The buffers used, in order of first use: the method's parameters.</summary>
    public IReadOnlyList<Buffer> Buffers => Walk.Buffers(Body);
}

internal sealed record Argument(string Variable, int Extent);
