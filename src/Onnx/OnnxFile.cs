using System.Globalization;
using Google.Protobuf;
using StaticCnn.Onnx.Schema;

namespace StaticCnn.Onnx;

/// <summary>Reads ONNX files: IR versions from 3 on, operators of opset 6 and later, values inside or in files beside the model.</summary>
public static class OnnxFile
{
    private const int OldestIr = 3, OldestOpset = 6;

    /// <summary>Reads a model with its external data.</summary>
    /// <exception cref="OnnxException">The file is damaged, too old, or refers to what is not there.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxGraph Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        return Read(bytes, Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Reads a model from its bytes; external data is looked for in a folder.</summary>
    internal static OnnxGraph Read(byte[] bytes, string folder)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new OnnxException($"This is not an ONNX file, or a damaged one: {e.Message}", e);
        }

        if (model.Graph is not { } graph || model.IrVersion == 0) throw new OnnxException("This is not an ONNX file: expected a model with a graph, found none.");
        if (model.IrVersion < OldestIr) throw new OnnxException(Invariant($"Expected an ONNX file of IR version {OldestIr} or later, found {model.IrVersion}."));
        var opsets = Opsets(model.OpsetImport);
        if (!opsets.TryGetValue("", out long opset)) throw new OnnxException("Expected the version of ONNX's operators (opset_import), found none.");
        if (opset < OldestOpset) throw new OnnxException(Invariant($"Expected operators of opset {OldestOpset} or later, found {opset}. Export the model again."));
        var tensors = new TensorReader(folder);
        var constants = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var tensor in graph.Initializer)
        {
            if (!constants.TryAdd(tensor.Name, tensors.Read(tensor))) throw new OnnxException($"Two tensors of the file are called '{tensor.Name}'.");
        }

        // Files of IR version 3 list their weights among the inputs, too.
        OnnxInput[] inputs = [.. graph.Input.Where(input => !constants.ContainsKey(input.Name)).Select(Input)];
        var nodes = new FunctionInliner(model.Functions).Inline(graph.Node, opsets);
        var result = new OnnxGraph(graph.Name, inputs, [.. graph.Output.Select(output => output.Name)], WithoutConstants(nodes, constants, tensors), constants);
        RequireOrder(result);
        return result;
    }

    internal static Dictionary<string, long> Opsets(IEnumerable<OperatorSetProto> imports)
    {
        var opsets = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var import in imports) opsets[FunctionInliner.Domain(import.Domain)] = import.Version;
        return opsets;
    }

    private static OnnxInput Input(ValueProto value)
    {
        var type = value.Type?.TensorType;
        int?[]? shape = type?.Shape is { } declared ? [.. declared.Dim.Select(Extent)] : null;
        return new(value.Name, shape, type is not null && TensorReader.IsFloat(type.ElemType));
    }

    private static int? Extent(ShapeProto.Types.Dimension extent) =>
        extent.ValueCase == ShapeProto.Types.Dimension.ValueOneofCase.DimValue && extent.DimValue is > 0 and <= int.MaxValue ? (int)extent.DimValue : null;

    /// <summary>Moves what Constant nodes hold to the other constants.</summary>
    private static List<OnnxNode> WithoutConstants(IEnumerable<OnnxNode> nodes, Dictionary<string, Tensor> constants, TensorReader tensors)
    {
        var others = new List<OnnxNode>();
        foreach (var node in nodes)
        {
            if (node is not { Kind: "Constant", Domain: "" })
            {
                others.Add(node);
                continue;
            }

            if (node.Outputs.Count != 1 || !constants.TryAdd(node.Outputs[0], Constant(node, tensors))) throw node.Wrong("expected one output with a name of its own");
        }

        return others;
    }

    private static Tensor Constant(OnnxNode node, TensorReader tensors)
    {
        if (node.Tensor("value") is { } tensor) return tensors.Read(tensor);
        if (node.Has("value_float")) return new([], [node.Float("value_float", 0)]);
        if (node.Has("value_int")) return new([], [node.Integer("value_int", 0)]);
        if (node.Floats("value_floats") is { } floats) return new([floats.Length], floats);
        if (node.Integers("value_ints") is { } integers) return new([integers.Length], integers);
        throw node.Wrong("expected a tensor, a float, an integer or several of them");
    }

    /// <summary>Each name is computed once, and before it is read.</summary>
    private static void RequireOrder(OnnxGraph graph)
    {
        var known = new HashSet<string>(graph.Constants.Keys, StringComparer.Ordinal);
        foreach (var input in graph.Inputs)
        {
            if (!known.Add(input.Name)) throw new OnnxException($"Two inputs of the file are called '{input.Name}'.");
        }

        foreach (var node in graph.Nodes)
        {
            foreach (string input in node.Inputs.Where(input => input.Length > 0 && !known.Contains(input)))
            {
                throw node.Wrong($"expected its input '{input}' among the file's inputs, weights and what nodes before it compute, found it nowhere");
            }

            foreach (string output in node.Outputs.Where(output => output.Length > 0 && !known.Add(output)))
            {
                throw node.Wrong($"computes '{output}', which stands in the file already");
            }
        }

        foreach (string output in graph.Outputs.Where(output => !known.Contains(output)))
        {
            throw new OnnxException($"The file's output '{output}' is computed nowhere.");
        }

        if (graph.Outputs.Count == 0) throw new OnnxException("Expected an output of the file, found none.");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
