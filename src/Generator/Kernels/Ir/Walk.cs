using StaticCnn.Generator.Plan;
using Buffer = StaticCnn.Generator.Plan.Buffer;

namespace StaticCnn.Generator.Kernels.Ir;

/// <summary>One touch of memory.</summary>
/// <param name="Buffer">The buffer.</param>
/// <param name="Index">The first float.</param>
/// <param name="Lanes">Whether a whole vector is touched rather than one float.</param>
/// <param name="IsStore">Whether it is written.</param>
internal readonly record struct Access(Buffer Buffer, Affine Index, bool Lanes, bool IsStore);

/// <summary>Ways through the statements of a kernel.</summary>
internal static class Walk
{
    /// <summary>The memory touched by a statement itself, not by the statements inside it.</summary>
    public static IEnumerable<Access> Accesses(Statement statement, int lanes)
    {
        switch (statement)
        {
            case Set set:
                return Accesses(set.Value);
            case Store store:
                return Accesses(store.Value).Append(new Access(store.Buffer, store.Index, true, true));
            case StoreSum sum:
                return Accesses(sum.Value).Append(new Access(sum.Buffer, sum.Index, false, true));
            case Move move:
                return new[]
                {
                    new Access(move.Source, move.SourceIndex, false, false),
                    new Access(move.Destination, move.DestinationIndex, false, true),
                };
            case Transpose transpose:
                return Enumerable.Range(0, lanes).SelectMany(row => new[]
                {
                    new Access(transpose.Source, transpose.SourceIndex + row * transpose.SourcePitch, true, false),
                    new Access(transpose.Destination, transpose.DestinationIndex + row * transpose.DestinationPitch, true, true),
                });
            default:
                return Enumerable.Empty<Access>();
        }
    }

    public static IEnumerable<Access> Accesses(Value value) => value switch
    {
        Load load => new[] { new Access(load.Buffer, load.Index, true, false) },
        Broadcast broadcast => new[] { new Access(broadcast.Buffer, broadcast.Index, false, false) },
        DropoutScale dropout => new[]
        {
            new Access(dropout.Keys.Buffer, dropout.Keys.Index, true, false),
            new Access(dropout.Scalars, dropout.ScalarOffset, false, false),
            new Access(dropout.Scalars, dropout.ScalarOffset + 1, false, false),
        },
        Apply apply => apply.Arguments.SelectMany(Accesses),
        LaneSums sums => sums.Vectors.SelectMany(Accesses),
        _ => Enumerable.Empty<Access>(),
    };

    public static IEnumerable<Buffer> Buffers(IEnumerable<Statement> body) => body.SelectMany(statement =>
        statement is For loop ? Buffers(loop.Body) : Accesses(statement, 1).Select(access => access.Buffer));

    /// <summary>The statement with a variable fixed.</summary>
    public static Statement Substitute(Statement statement, string variable, int value) => statement switch
    {
        For loop => loop with { Body = loop.Body.Select(inner => Substitute(inner, variable, value)).ToEquatableArray() },
        Set set => new Set((Register)Substitute(set.Target, variable, value), Substitute(set.Value, variable, value)),
        Store store => new Store(store.Buffer, store.Index.Substitute(variable, value), Substitute(store.Value, variable, value)),
        StoreSum sum => new StoreSum(sum.Buffer, sum.Index.Substitute(variable, value), Substitute(sum.Value, variable, value)),
        Move move => move with
        {
            SourceIndex = move.SourceIndex.Substitute(variable, value),
            DestinationIndex = move.DestinationIndex.Substitute(variable, value),
        },
        Transpose transpose => transpose with
        {
            SourceIndex = transpose.SourceIndex.Substitute(variable, value),
            DestinationIndex = transpose.DestinationIndex.Substitute(variable, value),
        },
        _ => statement,
    };

    private static Value Substitute(Value value, string variable, int number) => value switch
    {
        Load load => load with { Index = load.Index.Substitute(variable, number) },
        Broadcast broadcast => broadcast with { Index = broadcast.Index.Substitute(variable, number) },
        IndexNumber index => index.Index.Substitute(variable, number) is { IsConstant: true } known
            ? new Constant(known.Constant)
            : new IndexNumber(index.Index.Substitute(variable, number)),
        Register register => register with
        {
            Subscripts = register.Subscripts.Select(subscript => subscript.Substitute(variable, number)).ToEquatableArray(),
        },
        DropoutScale dropout => dropout with
        {
            Keys = (Load)Substitute(dropout.Keys, variable, number),
            Unit = dropout.Unit.Substitute(variable, number),
        },
        LaneSums sums => new LaneSums(sums.Vectors.Select(vector => Substitute(vector, variable, number)).ToEquatableArray()),
        Apply apply => new Apply(apply.Operator, apply.Arguments.Select(argument => Substitute(argument, variable, number)).ToEquatableArray()),
        _ => value,
    };
}
