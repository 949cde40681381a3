namespace StaticCnn.Onnx.Evaluation;

/// <summary>Operators that treat each element by itself, or the elements of two or more tensors that stretch to one shape. Computed in doubles.</summary>
internal static class Elementwise
{
    private const double SeluAlpha = 1.67326319217681884765625, SeluGamma = 1.05070102214813232421875;

    public static void Register(Dictionary<string, Func<Call, Tensor[]>> operators)
    {
        Unary(operators, "Relu", x => Math.Max(x, 0));
        Unary(operators, "Sigmoid", Sigmoid);
        Unary(operators, "Tanh", Math.Tanh);
        Unary(operators, "Softplus", Softplus);
        Unary(operators, "Softsign", x => x / (1 + Math.Abs(x)));
        Unary(operators, "HardSwish", x => x * Math.Clamp(x / 6 + 0.5, 0, 1));
        Unary(operators, "Mish", x => x * Math.Tanh(Softplus(x)));
        Unary(operators, "Erf", ErrorFunction.Erf);
        Unary(operators, "Exp", Math.Exp);
        Unary(operators, "Log", Math.Log);
        Unary(operators, "Sqrt", Math.Sqrt);
        Unary(operators, "Abs", Math.Abs);
        Unary(operators, "Neg", x => -x);
        Unary(operators, "Reciprocal", x => 1 / x);
        Unary(operators, "Floor", Math.Floor);
        Unary(operators, "Ceil", Math.Ceiling);
        operators["LeakyRelu"] = call => Map(call, Slope(call.Node.Float("alpha", 0.01f)));
        operators["Elu"] = call => Map(call, Elu(call.Node.Float("alpha", 1)));
        operators["Celu"] = call => Map(call, Celu(call.Node.Float("alpha", 1)));
        operators["Selu"] = Selu;
        operators["HardSigmoid"] = call => Map(call, HardSigmoid(call.Node.Float("alpha", 0.2f), call.Node.Float("beta", 0.5f)));
        operators["Gelu"] = call => Map(call, call.Node.Text("approximate", "none") == "tanh" ? GeluByTanh : Gelu);
        operators["Clip"] = Clip;
        operators["PRelu"] = call => [Combine(call, call[0], Slopes(call), (x, slope) => x < 0 ? slope * x : x, (x, slope) => x < 0 ? slope * x : x)];
        Binary(operators, "Add", (a, b) => a + b, (a, b) => a + b);
        Binary(operators, "Sub", (a, b) => a - b, (a, b) => a - b);
        Binary(operators, "Mul", (a, b) => a * b, (a, b) => a * b);
        Binary(operators, "Div", (a, b) => a / b, (a, b) => b == 0 ? throw new OnnxException("expected a divisor other than 0") : a / b);
        operators["Pow"] = call => [Power(call)];
        Binary(operators, "Equal", (a, b) => a == b ? 1 : 0, (a, b) => a == b ? 1 : 0);
        Binary(operators, "Max", Greater, Math.Max);
        Binary(operators, "Min", Less, Math.Min);
        Binary(operators, "Sum", (a, b) => a + b, (a, b) => a + b);
        operators["Mean"] = call => [Scaled(Fold(call, (a, b) => a + b, (a, b) => a + b), 1.0 / call.Count)];
        operators["Where"] = Where;
    }

    private static double Greater(double a, double b) => double.IsNaN(a) || a > b ? a : b;

    private static double Less(double a, double b) => double.IsNaN(a) || a < b ? a : b;

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static double Gelu(double x) => 0.5 * x * (1 + ErrorFunction.Erf(x / Math.Sqrt(2)));

    private static double GeluByTanh(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));

    private static Func<double, double> Slope(double alpha) => x => x < 0 ? alpha * x : x;

    private static Func<double, double> Elu(double alpha) => x => x < 0 ? alpha * (Math.Exp(x) - 1) : x;

    private static Func<double, double> Celu(double alpha) => x => Math.Max(x, 0) + Math.Min(0, alpha * (Math.Exp(x / alpha) - 1));

    private static Func<double, double> HardSigmoid(double alpha, double beta) => x => Math.Clamp(alpha * x + beta, 0, 1);

    private static Tensor[] Selu(Call call)
    {
        double alpha = call.Node.Float("alpha", (float)SeluAlpha), gamma = call.Node.Float("gamma", (float)SeluGamma);
        return Map(call, x => gamma * (x > 0 ? x : alpha * (Math.Exp(x) - 1)));
    }

    /// <summary>Until opset 6 the slopes were always the channels'.</summary>
    private static Tensor Slopes(Call call) => call.Opset < 7 && call[1].Rank == 1 && call[1].Length > 1
        ? call[1].WithShape([call[1].Length, .. Enumerable.Repeat(1, Math.Max(0, call[0].Rank - 2))])
        : call[1];

    /// <summary>The limits are attributes before opset 11 and inputs from then on.</summary>
    private static Tensor[] Clip(Call call)
    {
        double least = call.Node.Has("min") ? call.Node.Float("min", 0) : Limit(call.Optional(1), double.NegativeInfinity);
        double most = call.Node.Has("max") ? call.Node.Float("max", 0) : Limit(call.Optional(2), double.PositiveInfinity);
        return Map(call, x => Math.Min(Math.Max(x, least), most));
    }

    private static double Limit(Tensor? given, double otherwise) => given is null ? otherwise
        : given.Length == 1 ? given.Floats[0]
        : throw new OnnxException($"expected a limit of one value, found {Tensor.Text(given.Shape)}");

    private static Tensor[] Where(Call call)
    {
        var shape = Stretch(call, call[0].Shape, Stretch(call, call[1].Shape, call[2].Shape));
        int[] choice = Strides.Stretched(call[0].Shape, shape), first = Strides.Stretched(call[1].Shape, shape), second = Strides.Stretched(call[2].Shape, shape);
        if (call[1].IsFloat)
        {
            return [new(shape, [.. choice.Select((at, i) => call[0].Integers[at] != 0 ? call[1].Floats[first[i]] : call[2].Floats[second[i]])])];
        }

        return [new(shape, [.. choice.Select((at, i) => call[0].Integers[at] != 0 ? call[1].Integers[first[i]] : call[2].Integers[second[i]])])];
    }

    private static void Unary(Dictionary<string, Func<Call, Tensor[]>> operators, string name, Func<double, double> function) =>
        operators[name] = call => Map(call, function);

    private static void Binary(
        Dictionary<string, Func<Call, Tensor[]>> operators, string name, Func<double, double, double> floats, Func<long, long, long> integers) =>
        operators[name] = call => [Fold(call, floats, integers)];

    private static Tensor[] Map(Call call, Func<double, double> function) => call[0].IsFloat
        ? [new(call[0].Shape, Array.ConvertAll(call[0].Floats, x => (float)function(x)))]
        : [new(call[0].Shape, Array.ConvertAll(call[0].Integers, x => (long)function(x)))];

    private static Tensor Fold(Call call, Func<double, double, double> floats, Func<long, long, long> integers) =>
        call.All.Skip(1).Aggregate(call[0], (result, next) => Combine(call, result, next, floats, integers));

    private static Tensor Combine(Call call, Tensor a, Tensor b, Func<double, double, double> floats, Func<long, long, long> integers)
    {
        // Until opset 6 the second stretched only where asked, and along a named axis.
        if (call.Node.Integer("broadcast", 0) != 0 && call.Node.Has("axis"))
        {
            int axis = call.Axis(call.Node.Integer("axis", 0), a.Rank);
            b = b.WithShape([.. b.Shape, .. Enumerable.Repeat(1, Math.Max(0, a.Rank - axis - b.Rank))]);
        }

        var shape = Stretch(call, a.Shape, b.Shape);
        int[] first = Strides.Stretched(a.Shape, shape), second = Strides.Stretched(b.Shape, shape);
        if (!a.IsFloat) return new(shape, [.. first.Select((at, i) => integers(a.Integers[at], b.Integers[second[i]]))]);
        float[] values = new float[first.Length];
        for (int i = 0; i < values.Length; i++) values[i] = (float)floats(a.Floats[first[i]], b.Floats[second[i]]);
        return new(shape, values);
    }

    /// <summary>The exponents may be of another kind; the powers are of the base's.</summary>
    private static Tensor Power(Call call)
    {
        var power = Combine(call, Real(call[0]), Real(call[1]), Math.Pow, (a, b) => (long)Math.Pow(a, b));
        return call[0].IsFloat ? power : new(power.Shape, Array.ConvertAll(power.Floats, x => (long)x));

        static Tensor Real(Tensor tensor) => tensor.IsFloat ? tensor : new(tensor.Shape, Array.ConvertAll(tensor.Integers, x => (float)x));
    }

    private static Tensor Scaled(Tensor tensor, double factor) => new(tensor.Shape, Array.ConvertAll(tensor.Floats, x => (float)(x * factor)));

    private static int[] Stretch(Call call, IReadOnlyList<int> a, IReadOnlyList<int> b) =>
        Strides.Broadcast(a, b) ?? throw call.Node.Wrong($"expected shapes that stretch to one another, found {Tensor.Text(a)} and {Tensor.Text(b)}");
}
