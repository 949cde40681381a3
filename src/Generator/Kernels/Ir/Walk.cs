using System.Collections.Immutable;
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
    /// <summary>Shows each touch of memory by the statements and those inside them; a transpose touches whole blocks.</summary>
    public static void Accesses(EquatableArray<Statement> body, int lanes, Action<Access> visit)
    {
        foreach (var statement in body)
        {
            if (statement is For loop) Accesses(loop.Body, lanes, visit);
            else Accesses(statement, lanes, visit);
        }
    }

    /// <summary>Shows each touch of memory by one statement that is no loop.</summary>
    public static void Accesses(Statement statement, int lanes, Action<Access> visit)
    {
        switch (statement)
        {
            case Set set:
                Accesses(set.Value, visit);
                break;
            case Store store:
                Accesses(store.Value, visit);
                visit(new Access(store.Buffer, store.Index, true, true));
                break;
            case StoreSum sum:
                Accesses(sum.Value, visit);
                visit(new Access(sum.Buffer, sum.Index, false, true));
                break;
            case Move move:
                visit(new Access(move.Source, move.SourceIndex, false, false));
                visit(new Access(move.Destination, move.DestinationIndex, false, true));
                break;
            case Transpose transpose:
                for (int row = 0; row < lanes; row++)
                {
                    visit(new Access(transpose.Source, transpose.SourceIndex + row * transpose.SourcePitch, true, false));
                    visit(new Access(transpose.Destination, transpose.DestinationIndex + row * transpose.DestinationPitch, true, true));
                }

                break;
        }
    }

    /// <summary>The buffers touched, in order of first use.</summary>
    public static IReadOnlyList<Buffer> Buffers(EquatableArray<Statement> body)
    {
        var buffers = new List<Buffer>();
        var names = new HashSet<string>();
        Accesses(body, 1, access =>
        {
            if (names.Add(access.Buffer.Name)) buffers.Add(access.Buffer);
        });
        return buffers;
    }

    private static void Accesses(Value value, Action<Access> visit)
    {
        switch (value)
        {
            case Load load:
                visit(new Access(load.Buffer, load.Index, true, false));
                break;
            case Broadcast broadcast:
                visit(new Access(broadcast.Buffer, broadcast.Index, false, false));
                break;
            case DropoutScale dropout:
                Accesses(dropout.Keys, visit);
                visit(new Access(dropout.Scalars, dropout.ScalarOffset, false, false));
                visit(new Access(dropout.Scalars, dropout.ScalarOffset + 1, false, false));
                break;
            case Apply apply:
                foreach (var argument in apply.Arguments) Accesses(argument, visit);
                break;
            case LaneSums sums:
                foreach (var vector in sums.Vectors) Accesses(vector, visit);
                break;
        }
    }

    /// <summary>The statement with variables fixed.</summary>
    public static Statement Substitute(Statement statement, IReadOnlyDictionary<string, int> values) => statement switch
    {
        For loop => loop with { Body = Map(loop.Body, values, Substitute) },
        Set set => new Set((Register)Substitute(set.Target, values), Substitute(set.Value, values)),
        Store store => new Store(store.Buffer, store.Index.Substitute(values), Substitute(store.Value, values)),
        StoreSum sum => new StoreSum(sum.Buffer, sum.Index.Substitute(values), Substitute(sum.Value, values)),
        Move move => move with { SourceIndex = move.SourceIndex.Substitute(values), DestinationIndex = move.DestinationIndex.Substitute(values) },
        Transpose transpose => transpose with
        {
            SourceIndex = transpose.SourceIndex.Substitute(values),
            DestinationIndex = transpose.DestinationIndex.Substitute(values),
        },
        _ => statement,
    };

    private static Value Substitute(Value value, IReadOnlyDictionary<string, int> values) => value switch
    {
        Load load => new Load(load.Buffer, load.Index.Substitute(values)),
        Broadcast broadcast => new Broadcast(broadcast.Buffer, broadcast.Index.Substitute(values)),
        IndexNumber index => index.Index.Substitute(values) is { IsConstant: true } known
            ? new Constant(known.Constant)
            : new IndexNumber(index.Index.Substitute(values)),
        Register { Subscripts.Count: 0 } => value,
        Register register => new Register(register.Name, Map(register.Subscripts, values, static (subscript, fixedValues) => subscript.Substitute(fixedValues))),
        DropoutScale dropout => dropout with { Keys = (Load)Substitute(dropout.Keys, values), Unit = dropout.Unit.Substitute(values) },
        LaneSums sums => new LaneSums(Map(sums.Vectors, values, Substitute)),
        Apply apply => new Apply(apply.Operator, Map(apply.Arguments, values, Substitute)),
        _ => value,
    };

    private static EquatableArray<T> Map<T>(
        EquatableArray<T> items, IReadOnlyDictionary<string, int> values, Func<T, IReadOnlyDictionary<string, int>, T> substitute)
        where T : class, IEquatable<T>
    {
        var mapped = ImmutableArray.CreateBuilder<T>(items.Count);
        foreach (var item in items) mapped.Add(substitute(item, values));
        return mapped.MoveToImmutable();
    }
}
