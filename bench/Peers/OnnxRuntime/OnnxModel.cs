using System.Buffers.Binary;
using System.Text;

namespace StaticCnn.Peers;

/// <summary>
/// Writes a network with random weights as an ONNX model: the few messages of onnx.proto that it takes, field by field.
/// </summary>
internal static class OnnxModel
{
    private const int Float = 1; // TensorProto.DataType.FLOAT

    public static byte[] Write(Network network)
    {
        var random = new Random(1);
        var graph = new Message();
        string value = "x";
        int index = 0;
        foreach (var layer in network.Layers)
        {
            if (layer is Dropout) continue; // Nothing at inference.
            index++;
            string output = index == network.Layers.Count(each => each is not Dropout) ? "y" : $"v{index}";
            var inputs = new List<string> { value };
            int[]? weights = layer switch
            {
                Convolution c => [c.Out, c.In, c.Kernel, c.Kernel],
                Linear l => [l.Out, l.In],
                _ => null,
            };
            if (weights is not null)
            {
                int fanIn = weights.Skip(1).Aggregate(1, (product, size) => product * size);
                graph.Add(5, Tensor($"w{index}", weights, fanIn, random)); // GraphProto.initializer
                graph.Add(5, Tensor($"b{index}", [weights[0]], fanIn, random));
                inputs.AddRange([$"w{index}", $"b{index}"]);
            }

            graph.Add(1, Node(layer, inputs, output)); // GraphProto.node
            value = output;
        }

        graph.Add(2, network.Name); // GraphProto.name
        graph.Add(11, Value("x", network.Channels, network.Size, network.Size)); // GraphProto.input
        graph.Add(12, Value("y", Network.Classes)); // GraphProto.output
        return new Message()
            .Add(1, 8) // ModelProto.ir_version
            .Add(7, graph)
            .Add(8, new Message().Add(1, "").Add(2, 17)) // ModelProto.opset_import
            .ToArray();
    }

    private static Message Node(Layer layer, IEnumerable<string> inputs, string output)
    {
        var node = new Message();
        foreach (string input in inputs) node.Add(1, input);
        node.Add(2, output);
        return layer switch
        {
            Convolution c => node.Add(4, "Conv")
                .Add(5, Integers("kernel_shape", c.Kernel, c.Kernel))
                .Add(5, Integers("pads", c.Padding, c.Padding, c.Padding, c.Padding)),
            MaxPool => node.Add(4, "MaxPool").Add(5, Integers("kernel_shape", 2, 2)).Add(5, Integers("strides", 2, 2)),
            Relu => node.Add(4, "Relu"),
            Flatten => node.Add(4, "Flatten"),
            _ => node.Add(4, "Gemm").Add(5, Integer("transB", 1)),
        };
    }

    /// <summary>An AttributeProto.</summary>
    private static Message Integers(string name, params int[] values)
    {
        var attribute = new Message().Add(1, name);
        foreach (int value in values) attribute.Add(8, value);
        return attribute.Add(20, 7); // AttributeType.INTS
    }

    /// <summary>An AttributeProto.</summary>
    private static Message Integer(string name, int value) => new Message().Add(1, name).Add(3, value).Add(20, 2); // AttributeType.INT

    /// <summary>A TensorProto of values within 1/sqrt(fan-in).</summary>
    private static Message Tensor(string name, int[] shape, int fanIn, Random random)
    {
        var tensor = new Message();
        foreach (int size in shape) tensor.Add(1, size);
        var data = new byte[4 * shape.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < data.Length; i += 4)
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(i), ((2 * random.NextSingle()) - 1) / MathF.Sqrt(fanIn));
        return tensor.Add(2, Float).Add(8, name).Add(9, data);
    }

    /// <summary>A ValueInfoProto whose first dimension, the images, is free.</summary>
    private static Message Value(string name, params int[] shape)
    {
        var dimensions = new Message().Add(1, new Message().Add(2, "n"));
        foreach (int size in shape) dimensions.Add(1, new Message().Add(1, size));
        return new Message().Add(1, name).Add(2, new Message().Add(1, new Message().Add(1, Float).Add(2, dimensions)));
    }

    /// <summary>A message in protobuf's wire format.</summary>
    private sealed class Message
    {
        private readonly MemoryStream _bytes = new();

        public Message Add(int field, long value)
        {
            Varint((ulong)field << 3);
            Varint((ulong)value);
            return this;
        }

        public Message Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

        public Message Add(int field, Message message) => Add(field, message.ToArray());

        public Message Add(int field, byte[] bytes)
        {
            Varint(((ulong)field << 3) | 2);
            Varint((ulong)bytes.Length);
            _bytes.Write(bytes);
            return this;
        }

        public byte[] ToArray() => _bytes.ToArray();

        private void Varint(ulong value)
        {
            for (; value >= 0x80; value >>= 7) _bytes.WriteByte((byte)(value | 0x80));
            _bytes.WriteByte((byte)value);
        }
    }
}
