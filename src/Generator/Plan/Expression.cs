namespace StaticCnn.Generator.Plan;

/// <summary>A formula with places for its inputs: what becomes of a kernel's result, or what a kernel reads.</summary>
internal abstract record Expression
{
    /// <summary>Every buffer that it reads.</summary>
    public virtual IEnumerable<Buffer> Buffers => [];

    public static IEnumerable<Buffer> BuffersOf(Expression? expression) => expression?.Buffers ?? [];
}

/// <summary>What the kernel has just computed.</summary>
internal sealed record Result : Expression;

/// <summary>A value of each image; one of [C,1,1] is the same for all its pixels.</summary>
internal sealed record Operand(View View, bool IsBroadcast) : Expression
{
    public override IEnumerable<Buffer> Buffers => [View.Buffer];
}

/// <summary>A value of the batch, by channel.</summary>
internal sealed record ChannelOperand(Buffer Buffer) : Expression
{
    public override IEnumerable<Buffer> Buffers => [Buffer];
}

/// <summary>One float.</summary>
internal sealed record ScalarOperand(Buffer Buffer, int Index) : Expression
{
    public override IEnumerable<Buffer> Buffers => [Buffer];
}

/// <summary>A formula of expressions.</summary>
/// <param name="Id">Of expressions with one number only the first is computed.</param>
/// <param name="Formula">Its inputs are the arguments.</param>
/// <param name="Arguments">What it is of.</param>
/// <param name="Height">Rows of the value, by which a dropout counts its units.</param>
/// <param name="Width">Columns of the value.</param>
/// <param name="Dropout">Where a dropout's factor comes from.</param>
/// <param name="Present">The line that says which lanes hold an image.</param>
internal sealed record Computed(
    int Id, Value Formula, EquatableArray<Expression> Arguments, int Height = 1, int Width = 1, DropoutSource? Dropout = null, Buffer? Present = null) : Expression
{
    public override IEnumerable<Buffer> Buffers => Arguments.SelectMany(argument => argument.Buffers)
        .Concat(new[] { Dropout?.Keys, Dropout?.Scalars, Present }.OfType<Buffer>());
}
