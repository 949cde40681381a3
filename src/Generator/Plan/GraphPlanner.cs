namespace StaticCnn.Generator.Plan;

/// <summary>What the planners of a graph share: where values of the batch stand, and formulas with their places.</summary>
internal abstract class GraphPlanner(Homes homes, ParameterLayout parameters, Target target, Space prepared)
{
    private readonly Dictionary<Node, int> _ids = [];

    protected Homes Homes => homes;

    protected ParameterLayout Parameters => parameters;

    protected Target Target => target;

    protected List<Operation> Operations { get; } = [];

    /// <summary>What must run before whenever the parameters have changed.</summary>
    public List<Operation> Preparations { get; } = [];

    /// <summary>Adds an operation and what becomes of its result.</summary>
    protected void Emit(Operation operation, Expression? outlet) => Operations.Add(operation with { Outlet = outlet });

    /// <summary>Where a value of each image stands.</summary>
    protected abstract View ViewOf(Node node);

    /// <summary>A value of the batch that this step computes; null where it is constant.</summary>
    protected virtual Buffer? StepBuffer(Node node) => null;

    protected virtual DropoutSource? DropoutOf(int layer) => null;

    protected virtual Buffer? PresentLine => null;

    protected virtual Buffer? Totals => null;

    /// <summary>A value of the batch: a parameter, or what is computed of them.</summary>
    protected Buffer BatchBuffer(Node node) => node switch
    {
        ParameterNode parameter => parameters.Of(parameter.Name).In(Space.Parameters),
        ScaledWeight scaled => new Buffer(scaled.Name, prepared, View.RoundUp(parameters.Of(scaled.Weight.Name).Length, 16), Keeps: true),
        _ => StepBuffer(node) ?? new Buffer(node.Name, prepared, View.RoundUp(node.Shape.Channels, 16), Keeps: true),
    };

    /// <summary>Values of the batch that depend on parameters and states alone.</summary>
    protected void Prepare()
    {
        foreach (var node in homes.Live)
        {
            if (node.Scope != Scope.Batch || StepBuffer(node) is not null) continue;
            if (node is ScaledWeight scaled)
            {
                var parameter = parameters.Of(scaled.Weight.Name);
                int rows = scaled.Weight.Parameter.Shape[0];
                int pitch = parameter.Rows > 1 ? parameter.RowPitch : parameter.Count / rows;
                Preparations.Add(new ScaleRows(scaled.Name, BatchBuffer(scaled.Weight), rows, pitch, BatchBuffer(scaled.Scale), BatchBuffer(scaled)));
            }
            else if (node is Pointwise pointwise)
            {
                Preparations.Add(new BatchPointwise(node.Name, BatchBuffer(node), node.Shape.Channels, Inner(pointwise, null)));
            }
        }
    }

    /// <summary>What becomes of a kernel's result on the way to a root; null where it is stored as it is.</summary>
    protected Expression? Outlet(Node root) => homes.KernelOf(root) is var kernel && kernel == root ? null : Inner((Pointwise)root, kernel);

    /// <summary>A value as it is read: from memory, or as its formula.</summary>
    protected Expression Reading(Node node, Shape shape, Node? result = null)
    {
        if (node == result) return new Result();
        if (node is ImagesReciprocal) return new ScalarOperand(Totals!, BatchCounts.ImagesReciprocal);
        if (node.Scope == Scope.Batch) return node.Shape.Channels == 1 && shape.Channels > 1 ? new ScalarOperand(BatchBuffer(node), 0) : new ChannelOperand(BatchBuffer(node));
        if (homes.IsInMemory(node)) return new Operand(ViewOf(node), node.Shape.Height * node.Shape.Width < shape.Height * shape.Width);
        return Inner((Pointwise)node, result, shape);
    }

    /// <summary>A formula, at the places of a shape that may be larger than its value's.</summary>
    protected Expression Inner(Pointwise node, Node? result, Shape? places = null)
    {
        if (!_ids.TryGetValue(node, out int id)) _ids[node] = id = _ids.Count;
        return new Computed(
            id, node.Formula, node.Inputs.Select(input => Reading(input, places ?? node.Shape, result)).ToEquatableArray(), node.Shape.Height, node.Shape.Width,
            DropoutIn(node.Formula) is { } layer ? DropoutOf(layer) : null, HasPresent(node.Formula) ? PresentLine : null);
    }

    protected static string Name(Node node, string suffix) => node.Name + suffix;

    private static int? DropoutIn(Value formula) => formula switch
    {
        DropoutFactor dropout => dropout.Layer,
        Apply apply => apply.Arguments.Select(DropoutIn).FirstOrDefault(layer => layer is not null),
        _ => null,
    };

    private static bool HasPresent(Value formula) => formula is Present || (formula is Apply apply && apply.Arguments.Any(HasPresent));
}
