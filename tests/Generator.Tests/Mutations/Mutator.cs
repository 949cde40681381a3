using StaticCnn.Generator;
using StaticCnn.Generator.Kernels.Ir;

namespace Generator.Tests.Mutations;

/// <summary>Changes the first place of a kernel that fits: one mistake, as a lowering might have made it.</summary>
internal sealed class Mutator
{
    private readonly Func<Statement, IEnumerable<Statement>?> _statement;
    private readonly Func<Value, Value?> _value;
    private int _skip;

    private Mutator(Func<Statement, IEnumerable<Statement>?> statement, Func<Value, Value?> value, int skip) =>
        (_statement, _value, _skip) = (statement, value, skip);

    /// <summary>Whether the change was made.</summary>
    private bool Done { get; set; }

    /// <summary>Changes a statement into others, or into none, where <paramref name="change"/> does not return null.</summary>
    public static Func<Kernel, Kernel> OfStatement(Func<Statement, IEnumerable<Statement>?> change, int skip = 0) =>
        kernel => Apply(kernel, new Mutator(change, _ => null, skip));

    /// <summary>Changes a value where <paramref name="change"/> does not return null.</summary>
    public static Func<Kernel, Kernel> OfValue(Func<Value, Value?> change, int skip = 0) =>
        kernel => Apply(kernel, new Mutator(_ => null, change, skip));

    private static Kernel Apply(Kernel kernel, Mutator mutator) => kernel with { Body = mutator.Body(kernel.Body) };

    private EquatableArray<Statement> Body(EquatableArray<Statement> body) => body.SelectMany(Statement).ToEquatableArray();

    private IEnumerable<Statement> Statement(Statement statement)
    {
        if (Take(_statement(statement)) is { } others) return others;
        return [statement switch
        {
            For loop => loop with { Body = Body(loop.Body) },
            Set set => set with { Value = Value(set.Value) },
            Store store => store with { Value = Value(store.Value) },
            StoreSum sum => sum with { Value = Value(sum.Value) },
            _ => statement,
        }];
    }

    private Value Value(Value value)
    {
        if (Take(_value(value)) is { } other) return other;
        return value switch
        {
            Apply apply => apply with { Arguments = apply.Arguments.Select(Value).ToEquatableArray() },
            LaneSums sums => sums with { Vectors = sums.Vectors.Select(Value).ToEquatableArray() },
            DropoutScale dropout => dropout with { Keys = (Load)Value(dropout.Keys) },
            _ => value,
        };
    }

    private T? Take<T>(T? change) where T : class
    {
        if (Done || change is null || _skip-- > 0) return null;
        Done = true;
        return change;
    }
}
