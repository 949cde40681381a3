namespace StaticCnn.Generator.Graph;

/// <summary>
/// What a layer's formula is written with. The same formula is built twice: for training, and for inference, where
/// normalisation has constants for statistics and joins the layer before it.
/// </summary>
internal sealed class GraphBuilder(Shape image, bool isTraining, IReadOnlyList<int> readers)
{
    private readonly List<Node> _nodes = [];
    private readonly List<Node> _layers = [];
    private readonly List<ParameterNode> _parameters = [];
    private readonly List<StateUpdate> _states = [];
    private readonly Dictionary<(Value, string), Node> _known = [];
    private readonly Dictionary<Node, Node> _sums = [];
    private IReadOnlyList<ParameterNode> _own = [];
    private int _layer;
    private string _name = "";
    private int _count;
    private ImagesReciprocal? _images;

    public bool IsTraining => isTraining;

    /// <summary>What the layer reads.</summary>
    public IReadOnlyList<Node> Inputs { get; private set; } = [];

    /// <summary>The one value that the layer reads.</summary>
    public Node Input => Inputs[0];

    /// <summary>The shape of the layer's output.</summary>
    public Shape Output { get; private set; } = image;

    /// <summary>The layer's index.</summary>
    public int Layer => _layer;

    public ImageNode Image { get; } = new(image);

    /// <summary>One over the images of the batch.</summary>
    public ImagesReciprocal ImagesReciprocal => _images ??= Add(new ImagesReciprocal());

    public NetworkGraph Graph => new(_nodes, _layers, _parameters, _states);

    /// <summary>Adds one layer.</summary>
    /// <param name="name">What its values are called.</param>
    /// <param name="key">What its parameters' names begin with.</param>
    /// <param name="sources">The layers that it reads; -1 is the image.</param>
    /// <param name="output">The shape of its output.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="build">Its formula.</param>
    public void AddLayer(
        string name, string key, IEnumerable<int> sources, Shape output, IEnumerable<ParameterShape> parameters, Func<GraphBuilder, Node> build)
    {
        if (_nodes.Count == 0) Add(Image);
        (_name, _layer, _count, Output) = (name, _layers.Count, 0, output);
        Inputs = sources.Select(source => source < 0 ? Image : _layers[source]).ToList();
        _own = parameters.Select(parameter => Add(new ParameterNode($"{key}.{parameter.Name}", _layer, parameter))).ToList();
        _parameters.AddRange(_own);
        _layers.Add(build(this));
    }

    /// <summary>A parameter or state of the layer; null where it has none of that name.</summary>
    public ParameterNode? Parameter(string name) => _own.FirstOrDefault(parameter => parameter.Parameter.Name == name);

    /// <summary>Whether nobody but this layer reads a layer's output.</summary>
    public bool IsReadOnce(Node node) => node.Layer >= 0 && readers[node.Layer] == 1;

    /// <summary>A formula of one value.</summary>
    public Node Pointwise(Node x, Func<Value, Value> formula, Func<Value, Value>? slopeByOutput = null) => Pointwise(
        formula(new Input(0)), [x], slopeByOutput is null ? null : new Dictionary<int, Value> { [0] = slopeByOutput(new Input(1)) });

    /// <summary>A formula of several values.</summary>
    public Node Pointwise(Value formula, IReadOnlyList<Node> inputs, IReadOnlyDictionary<int, Value>? slopes = null)
    {
        var key = (formula, string.Join(",", inputs.Select(input => input.Index)));
        if (_known.TryGetValue(key, out var known)) return known;
        var images = inputs.Where(input => input.Scope == Scope.Image).ToList();
        var shape = (images.Count > 0 ? images : inputs).OrderByDescending(input => input.Shape.Length).First().Shape;
        return _known[key] = Add(new Pointwise(Name(), _layer, shape, images.Count > 0 ? Scope.Image : Scope.Batch, formula, [.. inputs])
        {
            Slopes = slopes ?? new Dictionary<int, Value>(),
        });
    }

    public Node Contract(Window window, Node x, Node weight, Node? bias, bool isMatrix = false, int algorithm = 0) =>
        Add(new Contract(Name(), _layer, Output, window, x, weight, bias) { IsMatrix = isMatrix, Algorithm = algorithm });

    /// <summary>The largest of each window. A ReLU before it that nobody else reads goes behind it, where there is less to do.</summary>
    public Node MaxPool(Window window, Node x) => x is Pointwise { IsRelu: true } relu && IsReadOnce(x)
        ? Pointwise(relu.Inputs[0] is var before ? Add(new Pool(Name(), _layer, Output, window, isMax: true, before)) : x, Relu, PositiveSlope)
        : Add(new Pool(Name(), _layer, Output, window, isMax: true, x));

    public Node AveragePool(Window window, Node x, bool countsPadding) =>
        Add(new Pool(Name(), _layer, Output, window, isMax: false, x) { CountsPadding = countsPadding });

    /// <summary>Sums over rows and columns, [C,1,1].</summary>
    public Node SumOfPixels(Node x) => Add(new PixelSum(Name(), _layer, x));

    public Node Reshape(Node x, Shape shape) => x.Shape.Equals(shape) ? x : Add(new Reshape(Name(), _layer, shape, x));

    public Node Concat(IReadOnlyList<Node> inputs) => Add(new Concat(Name(), _layer, Output, [.. inputs]));

    public Node Slice(Node x, int first, Shape shape) => Add(new Slice(Name(), _layer, shape, x, first));

    public Mean Mean(Node x)
    {
        var mean = Add(new Mean(_name + "Mean", _layer, x));
        mean.Variance = Add(new Variance(_name + "Variance", mean));
        return mean;
    }

    /// <summary>x * scale + shift, both by channel and constant in inference; a convolution before it that nobody else reads does it by its weights.</summary>
    public Node Affine(Node x, Node scale, Node shift)
    {
        if (x is not Contract { Weight: ParameterNode weight } contract || !IsReadOnce(x)) return Pointwise(MultiplyAdd(new Input(0), new Input(1), new Input(2)), [x, scale, shift]);
        var scaled = Add(new ScaledWeight(Stem(weight) + "Scaled", weight, scale));
        var bias = contract.Bias is null ? shift : Pointwise(MultiplyAdd(new Input(0), new Input(1), new Input(2)), [contract.Bias, scale, shift]);
        return Add(new Contract(contract.Name, _layer, contract.Shape, contract.Window, contract.X, scaled, bias)
        {
            IsMatrix = contract.IsMatrix,
            Algorithm = contract.Algorithm,
        });
    }

    public void Update(StateUpdate update) => _states.Add(update);

    /// <summary>ReLU's slope, by its output.</summary>
    public static Value PositiveSlope(Value output) => Select(Greater(output, 0f), 1f, 0f);

    // What follows is for gradients.

    /// <summary>Begins what belongs to the gradient of a layer.</summary>
    public void Differentiate(Node node, string name) => (_layer, _name, _count) = (node.Layer, name, 0);

    public T Add<T>(T node) where T : Node
    {
        node.Index = _nodes.Count;
        _nodes.Add(node);
        return node;
    }

    /// <summary>The sum over rows, columns and images; factors of the batch are taken out of it.</summary>
    public Node SumOfBatch(Node x)
    {
        var inputs = new List<Node>();
        var (batch, image) = Factors(new Input(0), [x], inputs);
        if (batch is not null && !Reads(batch))
        {
            // A constant alone stays, so that the shards' parts are those of the gradient itself.
            image = image! * batch;
            batch = null;
        }

        var summed = image is Input { Index: var only } ? inputs[only] : Pointwise(image!, inputs);
        // Each gradient of a pooling goes to one place.
        while (summed is PoolAdjoint { Of.IsMax: true } pooled) summed = pooled.Gradient;
        if (!_sums.TryGetValue(summed, out var sum)) _sums[summed] = sum = Add(new BatchSum(Name() + "Sum", _layer, summed));
        if (batch is null) return sum;
        inputs.Add(sum);
        return Compact(batch * new Input(inputs.Count - 1), inputs);
    }

    /// <summary>A formula of those of some inputs that it reads.</summary>
    public Node Compact(Value formula, IReadOnlyList<Node> inputs)
    {
        var used = new List<Node>();
        return Pointwise(Rebase(formula, inputs, used), used) is var node ? node : throw new InvalidOperationException();
    }

    /// <summary>The formula with its inputs numbered as in another list, to which they are added.</summary>
    private static Value Rebase(Value formula, IReadOnlyList<Node> inputs, List<Node> used)
    {
        switch (formula)
        {
            case Input input:
                int place = used.IndexOf(inputs[input.Index]);
                if (place < 0)
                {
                    place = used.Count;
                    used.Add(inputs[input.Index]);
                }

                return new Input(place);
            case Apply apply:
                return new Apply(apply.Operator, apply.Arguments.Select(argument => Rebase(argument, inputs, used)).ToEquatableArray());
            default:
                return formula;
        }
    }

    /// <summary>A product as its factors of the batch and those of the image.</summary>
    private (Value? Batch, Value? Image) Factors(Value value, IReadOnlyList<Node> inputs, List<Node> all)
    {
        switch (value)
        {
            case Constant:
                return (value, null);
            case Input { Index: var index } when inputs[index] is Pointwise { Scope: Scope.Image, Slopes.Count: 0, Formula: Apply { Operator: Operator.Multiply or Operator.Divide } } product:
                return Factors(product.Formula, product.Inputs, all);
            case Apply { Operator: Operator.Multiply } product:
                var (leftBatch, leftImage) = Factors(product.Arguments[0], inputs, all);
                var (rightBatch, rightImage) = Factors(product.Arguments[1], inputs, all);
                return (Product(leftBatch, rightBatch), Product(leftImage, rightImage));
            case Apply { Operator: Operator.Divide } ratio when !ReadsImages(ratio.Arguments[1], inputs):
                var (batch, image) = Factors(ratio.Arguments[0], inputs, all);
                return ((batch ?? 1f) / Rebase(ratio.Arguments[1], inputs, all), image);
            default:
                var based = Rebase(value, inputs, all);
                return ReadsImages(value, inputs) ? (null, based) : (based, null);
        }

        static Value? Product(Value? left, Value? right) => left is null ? right : right is null ? left : left * right;
    }

    private static bool Reads(Value value) => value is Input || (value is Apply apply && apply.Arguments.Any(Reads));

    private static bool ReadsImages(Value value, IReadOnlyList<Node> inputs) => value switch
    {
        Input input => inputs[input.Index].Scope == Scope.Image,
        Apply apply => apply.Arguments.Any(argument => ReadsImages(argument, inputs)),
        DropoutFactor or Present => true,
        _ => false,
    };

    private static string Stem(ParameterNode parameter) => string.Concat(parameter.Name.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_'));

    /// <summary>A name for the next value of the layer.</summary>
    private string Name() => _count++ == 0 ? _name : FormattableString.Invariant($"{_name}P{_count}");
}
