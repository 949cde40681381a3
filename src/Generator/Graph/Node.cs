namespace StaticCnn.Generator.Graph;

/// <summary>Whether there is one value per image, or one per batch: parameters, states, statistics, scalars.</summary>
internal enum Scope
{
    Image,
    Batch,
}

/// <summary>One value of a network: what it is computed from, and its shape. Nodes compare by identity.</summary>
/// <param name="name">The layer it belongs to, and what it is of it, such as <c>conv1Gradient</c>.</param>
/// <param name="layer">The layer's index.</param>
/// <param name="shape">Its shape; that of a value of the batch is [C] or [1].</param>
/// <param name="scope">Whether it is one per image or one per batch.</param>
/// <param name="inputs">What it is computed from.</param>
internal abstract class Node(string name, int layer, Shape shape, Scope scope, params Node[] inputs)
{
    public string Name => name;

    public int Layer => layer;

    public Shape Shape => shape;

    public Scope Scope => scope;

    public IReadOnlyList<Node> Inputs => inputs;

    /// <summary>Its place in the order of creation, which is an order of computation.</summary>
    public int Index { get; set; }

    /// <summary>Whether the shards leave parts of it, which every reader puts together.</summary>
    public virtual bool IsPartial => false;

    public override string ToString() => $"{GetType().Name} {name} {shape}";
}

/// <summary>The image.</summary>
internal sealed class ImageNode(Shape shape) : Node("image", -1, shape, Scope.Image);

/// <summary>A parameter or a state, by its name in a state_dict.</summary>
internal sealed class ParameterNode(string name, int layer, ParameterShape parameter)
    : Node(name, layer, Shape.Vector(parameter.Shape.Count == 0 ? 1 : parameter.Shape[0]), Scope.Batch)
{
    public ParameterShape Parameter => parameter;
}

/// <summary>One over the images of the batch.</summary>
internal sealed class ImagesReciprocal() : Node("imagesReciprocal", -1, Shape.Vector(1), Scope.Batch);

/// <summary>A formula of values of one shape; inputs of [C,1,1], and of the batch, are broadcast.</summary>
internal sealed class Pointwise(string name, int layer, Shape shape, Scope scope, Value formula, params Node[] inputs)
    : Node(name, layer, shape, scope, inputs)
{
    public Value Formula => formula;

    /// <summary>
    /// The slope by each input as a formula of the inputs and, behind them, of the value itself, where that needs less than what
    /// the formula's derivative does.
    /// </summary>
    public IReadOnlyDictionary<int, Value> Slopes { get; init; } = new Dictionary<int, Value>();

    /// <summary>Whether it is max(0, x).</summary>
    public bool IsRelu => formula.Equals(Formulas.Relu(new Input(0)));
}

/// <summary>A convolution, or a linear layer: a sliding sum of products, and a bias.</summary>
internal sealed class Contract(string name, int layer, Shape shape, Window window, Node x, Node weight, Node? bias)
    : Node(name, layer, shape, Scope.Image, bias is null ? [x, weight] : [x, weight, bias])
{
    public Node X => x;

    public Node Weight => weight;

    public Node? Bias => bias;

    public Window Window => window;

    /// <summary>Whether the weight is a matrix [outputs, inputs] over a vector.</summary>
    public bool IsMatrix { get; init; }

    /// <summary>0 for the cost model's choice, 1 for direct, 2 for filtering.</summary>
    public int Algorithm { get; init; }
}

internal sealed class ContractInputGradient(string name, Contract of, Node gradient)
    : Node(name, of.Layer, of.X.Shape, Scope.Image, gradient, of.Weight)
{
    public Contract Of => of;

    public Node Gradient => gradient;
}

internal sealed class ContractWeightGradient(string name, Contract of, Node gradient)
    : Node(name, of.Layer, of.Weight.Shape, Scope.Batch, of.X, gradient)
{
    public Contract Of => of;

    public Node Gradient => gradient;

    public override bool IsPartial => true;
}

/// <summary>The largest value of each window, or its mean.</summary>
internal sealed class Pool(string name, int layer, Shape shape, Window window, bool isMax, Node x) : Node(name, layer, shape, Scope.Image, x)
{
    public Node X => x;

    public Window Window => window;

    public bool IsMax => isMax;

    /// <summary>Whether zeros of the padding count in a mean.</summary>
    public bool CountsPadding { get; init; }
}

internal sealed class PoolAdjoint(string name, Pool of, Node gradient) : Node(name, of.Layer, of.X.Shape, Scope.Image, gradient)
{
    public Pool Of => of;

    public Node Gradient => gradient;
}

/// <summary>The sum of each channel over rows and columns, [C,1,1].</summary>
internal sealed class PixelSum(string name, int layer, Node x) : Node(name, layer, new Shape(x.Shape.Channels, 1, 1, x.Shape.IsVector), Scope.Image, x)
{
    public Node X => x;
}

/// <summary>The sum of each channel over rows, columns and images, [C]. What is summed is 0 where there is no image.</summary>
internal sealed class BatchSum(string name, int layer, Node x) : Node(name, layer, Shape.Vector(x.Shape.Channels), Scope.Batch, x)
{
    public Node X => x;

    public override bool IsPartial => true;
}

/// <summary>The mean of each channel over rows, columns and images, [C].</summary>
internal sealed class Mean(string name, int layer, Node x) : Node(name, layer, Shape.Vector(x.Shape.Channels), Scope.Batch, x)
{
    public Node X => x;

    /// <summary>The variance, which is found with it.</summary>
    public Variance? Variance { get; set; }

    public override bool IsPartial => true;
}

/// <summary>The biased variance of each channel over rows, columns and images, [C].</summary>
internal sealed class Variance(string name, Mean mean) : Node(name, mean.Layer, mean.Shape, Scope.Batch, mean)
{
    public Mean Mean => mean;

    public override bool IsPartial => true;
}

/// <summary>The same values in another shape.</summary>
internal sealed class Reshape(string name, int layer, Shape shape, Node x) : Node(name, layer, shape, Scope.Image, x)
{
    public Node X => x;
}

/// <summary>Values one behind the other, channel after channel.</summary>
internal sealed class Concat(string name, int layer, Shape shape, params Node[] inputs) : Node(name, layer, shape, Scope.Image, inputs);

/// <summary>Some channels of a value.</summary>
internal sealed class Slice(string name, int layer, Shape shape, Node x, int first) : Node(name, layer, shape, Scope.Image, x)
{
    public Node X => x;

    public int First => first;
}

/// <summary>The gradient of the mean loss with respect to the network's outputs.</summary>
internal sealed class LossGradient(Node outputs) : Node("lossGradient", outputs.Layer, outputs.Shape, Scope.Image, outputs)
{
    public Node Outputs => outputs;
}

/// <summary>A weight [O,...] whose outputs are each scaled by [O]: what a normalisation behind it leaves to do.</summary>
internal sealed class ScaledWeight(string name, ParameterNode weight, Node scale) : Node(name, weight.Layer, weight.Shape, Scope.Batch, weight, scale)
{
    public ParameterNode Weight => weight;

    public Node Scale => scale;
}

/// <summary>A state that follows what a batch has: (1 - momentum) * state + momentum * value, or a count of steps.</summary>
internal sealed record StateUpdate(ParameterNode State, Mean? Of, StateKind Kind, float Momentum);

internal enum StateKind
{
    Mean,

    /// <summary>The unbiased variance.</summary>
    Variance,

    Count,
}

/// <summary>One axis along which a window slides.</summary>
/// <param name="Input">Positions of the input.</param>
/// <param name="Output">Positions of the output.</param>
/// <param name="Size">Taps of the window.</param>
/// <param name="Stride">Input positions from one window to the next.</param>
/// <param name="Dilation">Input positions from one tap to the next.</param>
/// <param name="Before">Positions of padding before the input.</param>
/// <param name="After">Positions of padding behind the input.</param>
internal sealed record Axis(int Input, int Output, int Size, int Stride = 1, int Dilation = 1, int Before = 0, int After = 0)
{
    public static Axis One { get; } = new(1, 1, 1);
}

/// <summary>A window that slides over an image.</summary>
internal sealed record Window(Axis Rows, Axis Columns, int Groups = 1)
{
    public int Taps => Rows.Size * Columns.Size;

    /// <summary>Whether each input value belongs to at most one window.</summary>
    public bool IsDisjoint => Disjoint(Rows) && Disjoint(Columns);

    /// <summary>Whether every window lies within the image and has no holes.</summary>
    public bool IsPlain => Plain(Rows) && Plain(Columns);

    private static bool Disjoint(Axis axis) => axis.Output == 1 ? axis.Dilation == 1 || axis.Size > 0 : axis.Stride >= (axis.Size - 1) * axis.Dilation + 1;

    private static bool Plain(Axis axis) => axis is { Dilation: 1, Before: 0 } && (axis.Output - 1) * axis.Stride + axis.Size <= axis.Input;
}
