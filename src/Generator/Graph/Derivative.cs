namespace StaticCnn.Generator.Graph;

/// <summary>Symbolic derivatives of formulas.</summary>
internal static class Derivative
{
    /// <summary>The derivative of a formula by one of its inputs; null where it is 0.</summary>
    public static Value? Of(Value formula, int input) => formula switch
    {
        Input x => x.Index == input ? 1f : null,
        Apply apply => Of(apply.Operator, apply.Arguments, [.. apply.Arguments.Select(argument => Of(argument, input))], apply),
        _ => null,
    };

    /// <summary>A gradient times a slope.</summary>
    public static Value? Times(Value? left, Value? right) => (left, right) switch
    {
        (null, _) or (_, null) => null,
        (Constant { Number: 1 }, _) => right,
        (_, Constant { Number: 1 }) => left,
        (not Constant, Apply { Operator: Operator.Select } select) => Choose(
            select.Arguments[0], Times(left, NonZero(select.Arguments[1])), Times(left, NonZero(select.Arguments[2]))),
        _ => left! * right!,
    };

    private static Value? NonZero(Value value) => value is Constant { Number: 0 } ? null : value;

    private static Value? Choose(Value mask, Value? yes, Value? no) => yes is null && no is null ? null : Select(mask, yes ?? 0f, no ?? 0f);

    private static Value? Sum(Value? left, Value? right) => left is null ? right : right is null ? left : left + right;

    private static Value? Of(Operator @operator, EquatableArray<Value> x, Value?[] d, Value whole) => @operator switch
    {
        Operator.Add => Sum(d[0], d[1]),
        Operator.Subtract => d[1] is null ? d[0] : d[0] is null ? d[1]! * -1f : d[0]! - d[1]!,
        Operator.Multiply => Sum(Times(d[0], x[1]), Times(d[1], x[0])),
        Operator.Divide => Sum(d[0] is null ? null : d[0]! / x[1], d[1] is null ? null : d[1]! * -1f * whole / x[1]),
        Operator.MultiplyAdd => Sum(Sum(Times(d[0], x[1]), Times(d[1], x[0])), d[2]),
        Operator.Maximum => Choose(Greater(x[1], x[0]), d[1], d[0]),
        Operator.Minimum => Choose(Greater(x[0], x[1]), d[1], d[0]),
        Operator.Select => Choose(x[0], d[1], d[2]),
        Operator.SquareRoot => d[0] is null ? null : d[0]! * 0.5f / whole,
        Operator.Exponential => Times(d[0], whole),
        _ => null,
    };
}
