using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static StaticCnn.Generator.Kernels.Ir.Values;

namespace StaticCnn.Generator.Kernels;

/// <summary>Writes placed formulas into a kernel: for one vector of a value, at a channel, row and column.</summary>
internal sealed class Expressions(Expression? whole, bool channelsInLanes)
{
    private readonly Dictionary<Expression, Value> _hoisted = [];

    /// <summary>Reads what is the same for all pixels of a channel once, before the loops over pixels.</summary>
    public static Expressions Hoisted(Block block, Expression whole, bool channelsInLanes, Affine channel)
    {
        var expressions = new Expressions(whole, channelsInLanes);
        foreach (var leaf in Leaves(whole).Distinct())
        {
            if (leaf is Operand { IsBroadcast: false } or Result) continue;
            var register = new Register("once" + expressions._hoisted.Count);
            block.Set(register, expressions.Leaf(leaf, null, channel, 0, 0));
            expressions._hoisted[leaf] = register;
        }

        return expressions;
    }

    /// <summary>The value at a place.</summary>
    public Value At(Block at, Value? result, Affine channel, Affine row, Affine column)
    {
        if (whole is null) return result!;
        var done = new Dictionary<int, Value>();
        return Write(whole);

        Value Write(Expression expression)
        {
            if (_hoisted.TryGetValue(expression, out var known)) return known;
            if (expression is not Computed computed) return Leaf(expression, result, channel, row, column);
            if (done.TryGetValue(computed.Id, out known)) return known;
            var arguments = computed.Arguments.Select((argument, i) =>
            {
                var value = Write(argument);
                if (Uses(computed.Formula, i) < 2 || value is Register or Constant) return value;
                var once = new Register(FormattableString.Invariant($"v{computed.Id}_{i}"));
                at.Set(once, value);
                return once;
            }).ToList();
            var formula = Replace(computed.Formula);
            var register = new Register(FormattableString.Invariant($"v{computed.Id}"));
            at.Set(register, formula);
            return done[computed.Id] = register;

            Value Replace(Value value) => value switch
            {
                Input input => arguments[input.Index],
                Apply apply => new Apply(apply.Operator, apply.Arguments.Select(Replace).ToEquatableArray()),
                DropoutFactor => Dropout(computed.Dropout!, channel * (computed.Height * computed.Width) + row * computed.Width + column),
                Present => Load(computed.Present!, 0),
                _ => value,
            };
        }
    }

    public static Value Write(Block at, Expression? whole, Value? result, Affine channel, Affine row, Affine column, bool channelsInLanes = false) =>
        new Expressions(whole, channelsInLanes).At(at, result, channel, row, column);

    private Value Leaf(Expression leaf, Value? result, Affine channel, Affine row, Affine column) => leaf switch
    {
        Result => result!,
        Operand { IsBroadcast: true } operand => Load(operand.View, channel, 0, 0),
        Operand operand => Load(operand.View, channel, row, column),
        ChannelOperand operand => channelsInLanes ? Load(operand.Buffer, channel) : Broadcast(operand.Buffer, channel),
        ScalarOperand operand => Broadcast(operand.Buffer, operand.Index),
        _ => throw new InvalidOperationException($"No value is known for {leaf}."),
    };

    private static int Uses(Value formula, int input) => formula switch
    {
        Input x => x.Index == input ? 1 : 0,
        Apply apply => apply.Arguments.Sum(argument => Uses(argument, input)),
        _ => 0,
    };

    private static IEnumerable<Expression> Leaves(Expression expression) =>
        expression is Computed computed ? computed.Arguments.SelectMany(Leaves) : [expression];
}
