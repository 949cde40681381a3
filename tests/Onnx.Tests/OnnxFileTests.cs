using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using StaticCnn.Golden;
using StaticCnn.Onnx;
using StaticCnn.Onnx.Evaluation;
using StaticCnn.Onnx.Schema;

namespace Onnx.Tests;

public sealed class OnnxFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onnx").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Models => Path.Combine(AppContext.BaseDirectory, "Golden", "models");

    /// <summary>y = x + w, of two values.</summary>
    private static ModelProto Sum(TensorProto? weight = null)
    {
        weight ??= Weight(1, raw: MemoryMarshal.AsBytes<float>([1.5f, -2]).ToArray());
        var graph = new GraphProto { Name = "sum", Input = { Value("x") }, Output = { Value("y") }, Initializer = { weight } };
        graph.Node.Add(new NodeProto { OpType = "Add", Name = "plus", Input = { "x", "w" }, Output = { "y" } });
        return new ModelProto { IrVersion = 8, OpsetImport = { new OperatorSetProto { Version = 17 } }, Graph = graph };
    }

    private static TensorProto Weight(int type, byte[]? raw = null)
    {
        var weight = new TensorProto { Name = "w", DataType = type, Dims = { 2 } };
        if (raw is not null) weight.RawData = ByteString.CopyFrom(raw);
        return weight;
    }

    private static ValueProto Value(string name) => new()
    {
        Name = name,
        Type = new() { TensorType = new() { ElemType = 1, Shape = new() { Dim = { new ShapeProto.Types.Dimension { DimParam = "N" }, new ShapeProto.Types.Dimension { DimValue = 2 } } } } },
    };

    private OnnxGraph Read(ModelProto model) => OnnxFile.Read(model.ToByteArray(), _folder);

    private float[] Run(ModelProto model) =>
        Evaluator.Run(Read(model), new Dictionary<string, Tensor> { ["x"] = new([1, 2], [10f, 20f]) })[0].Floats;

    private OnnxException Refused(ModelProto model) => Assert.Throws<OnnxException>(() => Read(model));

    [Fact]
    public void AnOpenBatchIsNullAndTheOthersAreKnown()
    {
        var input = Assert.Single(Read(Sum()).Inputs);
        Assert.Equal(("x", true), (input.Name, input.IsFloat));
        Assert.Equal([null, 2], input.Shape!);
    }

    public static TheoryData<int, byte[]> RawForms => new()
    {
        { 1, MemoryMarshal.AsBytes<float>([1.5f, -2]).ToArray() },
        { 11, MemoryMarshal.AsBytes<double>([1.5, -2]).ToArray() },
        { 10, MemoryMarshal.AsBytes<Half>([(Half)1.5f, (Half)(-2)]).ToArray() },
        { 16, MemoryMarshal.AsBytes<ushort>([0x3fc0, 0xc000]).ToArray() },
    };

    [Theory]
    [MemberData(nameof(RawForms))]
    public void EveryKindOfFloatIsReadFromBytes(int type, byte[] raw) => Assert.Equal([11.5f, 18], Run(Sum(Weight(type, raw))));

    [Fact]
    public void EveryKindOfFloatIsReadFromItsField()
    {
        TensorProto single = Weight(1), exact = Weight(11), half = Weight(10), brain = Weight(16);
        single.FloatData.Add([1.5f, -2]);
        exact.DoubleData.Add([1.5, -2]);
        half.Int32Data.Add([BitConverter.HalfToUInt16Bits((Half)1.5f), BitConverter.HalfToUInt16Bits((Half)(-2))]);
        brain.Int32Data.Add([0x3fc0, 0xc000]);
        foreach (var weight in new[] { single, exact, half, brain }) Assert.Equal([11.5f, 18], Run(Sum(weight)));
    }

    [Fact]
    public void DataBesideTheModelIsRead()
    {
        byte[] data = new byte[12];
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(4), 1.5f);
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(8), -2);
        File.WriteAllBytes(Path.Combine(_folder, "sum.onnx.data"), data);
        Assert.Equal([11.5f, 18], Run(Sum(External("sum.onnx.data", "4", "8"))));
    }

    [Theory]
    [InlineData("../sum.data", "in the model's folder")]
    [InlineData("/etc/hostname", "in the model's folder")]
    [InlineData("a/../../b", "in the model's folder")]
    [InlineData("nosuch.data", "not beside the model")]
    [InlineData("", "does not say in which")]
    public void DataElsewhereIsRefused(string location, string reason) =>
        Assert.Contains(reason, Refused(Sum(External(location, "0", "8"))).Message, StringComparison.Ordinal);

    [Fact]
    public void ALinkToElsewhereIsRefused()
    {
        string other = Path.GetTempFileName();
        File.WriteAllBytes(other, new byte[8]);
        File.CreateSymbolicLink(Path.Combine(_folder, "link.data"), other);
        Assert.Contains("a link to elsewhere", Refused(Sum(External("link.data", "0", "8"))).Message, StringComparison.Ordinal);
        File.Delete(other);
    }

    [Theory]
    [InlineData("4", "8", "expected 8 bytes at 4")]
    [InlineData("0", "12", "expected 8 bytes, found 12")]
    [InlineData("-1", "8", "whole number as the offset")]
    [InlineData("9223372036854775807", "8", "expected 8 bytes at 9223372036854775807")]
    public void DataOfAnotherSizeIsRefused(string offset, string length, string reason)
    {
        File.WriteAllBytes(Path.Combine(_folder, "short.data"), new byte[8]);
        Assert.Contains(reason, Refused(Sum(External("short.data", offset, length))).Message, StringComparison.Ordinal);
    }

    private static TensorProto External(string location, string offset, string length)
    {
        var weight = Weight(1);
        weight.DataLocation = TensorProto.Types.Location.External;
        weight.ExternalData.Add([
            new EntryProto { Key = "location", Value = location }, new EntryProto { Key = "offset", Value = offset }, new EntryProto { Key = "length", Value = length }]);
        return weight;
    }

    [Fact]
    public void FunctionsOfTheFileAreInlinedWithTheirAttributes()
    {
        // twice(a) = leaky(a) + leaky(a); leaky's slope is the call's, or 0.5.
        var leaky = new NodeProto { OpType = "LeakyRelu", Name = "leaky", Input = { "a" }, Output = { "b" } };
        leaky.Attribute.Add(new AttributeProto { Name = "alpha", RefAttrName = "slope", Type = AttributeProto.Types.Kind.Float });
        var twice = new FunctionProto { Name = "twice", Domain = "own", Input = { "a" }, Output = { "c" }, OpsetImport = { new OperatorSetProto { Version = 17 } } };
        twice.AttributeProto.Add(new AttributeProto { Name = "slope", Type = AttributeProto.Types.Kind.Float, F = 0.5f });
        twice.Node.Add([leaky, new NodeProto { OpType = "Add", Input = { "b", "b" }, Output = { "c" } }]);
        var model = Sum(Weight(1, MemoryMarshal.AsBytes<float>([-14f, -40]).ToArray()));
        model.OpsetImport.Add(new OperatorSetProto { Domain = "own", Version = 1 });
        model.Functions.Add(twice);
        model.Graph.Node[0].Output[0] = "s";
        var call = new NodeProto { OpType = "twice", Domain = "own", Name = "call", Input = { "s" }, Output = { "y" } };
        model.Graph.Node.Add(call);
        Assert.Equal([-4f, -20], Run(model));
        Assert.Contains(Read(model).Nodes, node => node is { Kind: "LeakyRelu", Name: "call/leaky" });
        call.Attribute.Add(new AttributeProto { Name = "slope", Type = AttributeProto.Types.Kind.Float, F = 0.25f });
        Assert.Equal([-2f, -10], Run(model));
    }

    [Fact]
    public void FunctionsThatCallThemselvesAreRefused()
    {
        var endless = new FunctionProto { Name = "f", Domain = "own", Input = { "a" }, Output = { "b" } };
        endless.Node.Add(new NodeProto { OpType = "f", Domain = "own", Input = { "a" }, Output = { "b" } });
        var model = Sum();
        model.Functions.Add(endless);
        model.Graph.Node[0] = new NodeProto { OpType = "f", Domain = "own", Input = { "x" }, Output = { "y" } };
        Assert.Contains("call themselves", Refused(model).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "old ir", "IR version 3 or later, found 2" },
        { "old opset", "opset 6 or later, found 5" },
        { "no opset", "opset_import" },
        { "no graph", "not an ONNX file" },
        { "unknown input", "its input 'z'" },
        { "order", "its input 'late'" },
        { "twice", "computes 'y', which stands in the file already" },
        { "output", "output 'nowhere' is computed nowhere" },
        { "length", "expected 8 bytes, found 4" },
        { "negative", "extents of 0 or more, found -2" },
        { "huge", "at most 134217728 values" },
        { "type", "found ONNX's data type 8" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void EachFaultIsNamed(string fault, string message)
    {
        var model = Sum();
        switch (fault)
        {
            case "old ir": model.IrVersion = 2; break;
            case "old opset": model.OpsetImport[0].Version = 5; break;
            case "no opset": model.OpsetImport.Clear(); break;
            case "no graph": model.Graph = null; break;
            case "unknown input": model.Graph.Node[0].Input[1] = "z"; break;
            case "order":
                model.Graph.Node[0].Input[1] = "late";
                model.Graph.Node.Add(new NodeProto { OpType = "Relu", Input = { "x" }, Output = { "late" } });
                break;
            case "twice": model.Graph.Node.Add(model.Graph.Node[0].Clone()); break;
            case "output": model.Graph.Output[0].Name = "nowhere"; break;
            case "length": model.Graph.Initializer[0].RawData = ByteString.CopyFrom(new byte[4]); break;
            case "negative": model.Graph.Initializer[0].Dims[0] = -2; break;
            case "huge": model.Graph.Initializer[0].Dims.Add([1 << 20, 1 << 20]); break;
            case "type": model.Graph.Initializer[0].DataType = 8; break;
        }

        Assert.Contains(message, Refused(model).Message, StringComparison.Ordinal);
    }

    /// <summary>Cut and with bits turned: right, or one clear error; never another exception.</summary>
    [Fact]
    public void DamagedFilesAreReadOrRefused()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(Models, "Mixed.onnx"));
        var input = GoldenFile.ReadFile(Path.Combine(Models, "Mixed.io.safetensors"));
        var random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = i % 3 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (int flips = i % 3 == 0 ? 0 : random.Next(1, 4); flips > 0; flips--) damaged[random.Next(Math.Min(damaged.Length, i % 2 == 0 ? 6000 : damaged.Length))] ^= (byte)(1 << random.Next(8));
            try
            {
                var graph = OnnxFile.Read(damaged, _folder);
                Evaluator.Run(graph, graph.Inputs.ToDictionary(each => each.Name, _ => new Tensor([1, 2, 21, 17], input["input"][..714])));
            }
            catch (OnnxException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 100, 300);
    }
}
