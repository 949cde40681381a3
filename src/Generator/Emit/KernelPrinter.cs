using System.Globalization;
using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using Buffer = StaticCnn.Generator.Plan.Buffer;

namespace StaticCnn.Generator.Emit;

/// <summary>
/// Prints a kernel as a C# method over <c>ref float</c>s, without <c>unsafe</c>. The part of an index that a loop
/// varies becomes a reference taken once at the top of that loop's body; what is left is a constant, which the
/// machine adds for nothing.
/// </summary>
internal sealed class KernelPrinter
{
    private readonly CodeWriter _code;
    private readonly Kernel _kernel;
    private readonly Target _target;
    private readonly Dictionary<string, string> _buffers = new();
    private readonly HashSet<string> _declared = new();
    private readonly Dictionary<(string Buffer, Affine Variables), (string Name, int Least)> _bases = new();
    private int _count;

    private KernelPrinter(CodeWriter code, Kernel kernel, Target target)
    {
        _code = code;
        _kernel = kernel;
        _target = target;
        foreach (var buffer in kernel.Buffers) _buffers[buffer.Name] = ParameterName(buffer);
    }

    /// <summary>A buffer's name as a parameter; layers may be called like a keyword or a register.</summary>
    public static string ParameterName(Buffer buffer) => buffer.Name + "Ref";

    public static string Print(Kernel kernel, Target target)
    {
        var code = new CodeWriter();
        new KernelPrinter(code, kernel, target).Print();
        return code.ToString();
    }

    private void Print()
    {
        var parameters = _kernel.Arguments.Select(argument => "nint " + argument.Variable)
            .Concat(_kernel.Buffers.Select(buffer => "ref float " + _buffers[buffer.Name]));
        _code.Line($"/// <summary>{_kernel.Summary.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")}.</summary>");
        _code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        _code.Block($"private static void {_kernel.Name}({string.Join(", ", parameters)})", () =>
            Body(_kernel.Body, _kernel.Arguments.Select(argument => argument.Variable).ToArray()));
    }

    private void Body(EquatableArray<Statement> body, string[] variables)
    {
        var bases = TakeBases(body, variables);
        var names = body.OfType<Set>().Select(set => Name(set.Target)).Distinct().Where(name => _declared.Add(name)).ToList();
        for (int i = 0; i < names.Count; i += 14) _code.Line($"V {string.Join(", ", names.Skip(i).Take(14))};");
        foreach (var statement in body) Print(statement, variables);
        foreach (string name in names) _declared.Remove(name);
        foreach (var key in bases) _bases.Remove(key);
    }

    /// <summary>Takes a reference for each buffer and variable part that is complete here: whose variables are all known, one of them only here.</summary>
    private List<(string, Affine)> TakeBases(EquatableArray<Statement> body, string[] variables)
    {
        var taken = new List<(string, Affine)>();
        var least = new Dictionary<(string, Affine), int>();
        Walk.Accesses(body, 0, access =>
        {
            if (access.Index.IsConstant || !IsKnown(access.Index, variables)) return;
            var key = (access.Buffer.Name, access.Index.VariablePart());
            if (_bases.ContainsKey(key)) return;
            if (!least.TryGetValue(key, out int constant))
            {
                taken.Add(key);
                least[key] = access.Index.Constant;
            }
            else if (access.Index.Constant < constant)
            {
                least[key] = access.Index.Constant;
            }
        });
        foreach (var key in taken)
        {
            string name = FormattableString.Invariant($"{key.Item1}At{++_count}");
            _bases[key] = (name, least[key]);
            _code.Line($"ref float {name} = ref Unsafe.Add(ref {_buffers[key.Item1]}, {key.Item2 + least[key]});");
        }

        return taken;
    }

    private static bool IsKnown(Affine index, string[] variables)
    {
        foreach (var (variable, _) in index.Terms)
        {
            if (Array.IndexOf(variables, variable) < 0) return false;
        }

        return true;
    }

    private void Print(Statement statement, string[] variables)
    {
        switch (statement)
        {
            case For loop:
                string variable = loop.Variable;
                _code.Block(FormattableString.Invariant($"for (nint {variable} = 0; {variable} < {loop.Extent}; {variable}++)"), () =>
                    Body(loop.Body, variables.Append(variable).ToArray()));
                break;
            case Set set:
                _code.Line($"{Name(set.Target)} = {Print(set.Value)};");
                break;
            case Store store:
                var (to, at) = Address(store.Buffer, store.Index);
                string value = Print(store.Value);
                _code.Line($"{(store.Value is Register or Apply { Operator: not (Operator.Add or Operator.Subtract or Operator.Multiply or Operator.Divide) } ? value : $"({value})")}.StoreUnsafe(ref {to}, {at});");
                break;
            case StoreSum sum:
                var (place, offset) = Address(sum.Buffer, sum.Index);
                _code.Line($"Unsafe.Add(ref {place}, {offset}) = Sum({Print(sum.Value)});");
                break;
            case Move move:
                var (source, sourceOffset) = Address(move.Source, move.SourceIndex);
                var (destination, destinationOffset) = Address(move.Destination, move.DestinationIndex);
                _code.Line($"{Scalar(destination, destinationOffset)} = {Scalar(source, sourceOffset)};");
                break;
            case Transpose transpose:
                _code.Line(
                    $"LaneTranspose.Block{_target.Bits}(" +
                    $"ref Unsafe.Add(ref {_buffers[transpose.Source.Name]}, {transpose.SourceIndex}), {Number(transpose.SourcePitch)}, " +
                    $"ref Unsafe.Add(ref {_buffers[transpose.Destination.Name]}, {transpose.DestinationIndex}), {Number(transpose.DestinationPitch)});");
                break;
            case Remark remark:
                _code.Line("// " + remark.Text);
                break;
        }
    }

    private string Print(Value value) => value switch
    {
        Load load => Address(load.Buffer, load.Index) is var (name, offset) ? $"LoadUnsafe(ref {name}, {offset})" : "",
        Broadcast broadcast => Address(broadcast.Buffer, broadcast.Index) is var (name, offset)
            ? $"Create({Scalar(name, offset)})"
            : "",
        Constant { Number: 0 } => "V.Zero",
        Constant constant => $"Create({constant.Number.ToString("R", CultureInfo.InvariantCulture)}f)",
        Register register => Name(register),
        DropoutScale dropout => Address(dropout.Scalars, dropout.ScalarOffset) is var (scalars, threshold)
            ? $"DropoutLanes.Scale({Print(dropout.Keys)}, (uint)({dropout.Unit}), BitConverter.SingleToUInt32Bits({Scalar(scalars, threshold)}), {Scalar(scalars, threshold + 1)})"
            : "",
        LaneSums sums => $"LaneSum.Of({string.Join(", ", sums.Vectors.Select(Print))})",
        Apply apply => Print(apply.Operator, apply.Arguments.Select(Print).ToArray(), apply.Arguments),
        _ => throw new InvalidOperationException($"{value} cannot be printed: a loop that it depends on was not written out."),
    };

    private string Print(Operator @operator, string[] arguments, EquatableArray<Value> values)
    {
        string Inner(int i) => values[i] is Apply { Operator: Operator.Add or Operator.Subtract or Operator.Multiply or Operator.Divide }
            ? $"({arguments[i]})"
            : arguments[i];
        return @operator switch
        {
            Operator.Add => $"{Inner(0)} + {Inner(1)}",
            Operator.Subtract => $"{Inner(0)} - {Inner(1)}",
            Operator.Multiply => $"{Inner(0)} * {Inner(1)}",
            Operator.Divide => $"{Inner(0)} / {Inner(1)}",
            Operator.Maximum => $"MaxNative({arguments[0]}, {arguments[1]})",
            Operator.Minimum => $"MinNative({arguments[0]}, {arguments[1]})",
            Operator.SquareRoot => $"Sqrt({arguments[0]})",
            Operator.Exponential => $"Exp({arguments[0]})",
            Operator.MultiplyAdd => $"MultiplyAddEstimate({arguments[0]}, {arguments[1]}, {arguments[2]})",
            Operator.Greater => $"GreaterThan({arguments[0]}, {arguments[1]})",
            Operator.Equal => $"{_target.VectorClass}.Equals({arguments[0]}, {arguments[1]})",
            Operator.Select => $"ConditionalSelect({arguments[0]}, {arguments[1]}, {arguments[2]})",
            _ => throw new InvalidOperationException($"The operator {@operator} has no C#."),
        };
    }

    private (string Name, int Offset) Address(Buffer buffer, Affine index)
    {
        if (index.IsConstant) return (_buffers[buffer.Name], index.Constant);
        var (name, least) = _bases[(buffer.Name, index.VariablePart())];
        return (name, index.Constant - least);
    }

    private static string Scalar(string name, int offset) =>
        offset == 0 ? name : FormattableString.Invariant($"Unsafe.Add(ref {name}, {offset})");

    private static string Name(Register register) =>
        register.Name + string.Join("_", register.Subscripts.Select(subscript => subscript.ToString()));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
