using System.Text;

namespace ImageSearch.Embedding.Tests.Networks;

/// <summary>Writes small ONNX networks, so that a test can define its network in a line.</summary>
internal static class OnnxFile
{
    internal const int Float32 = 1;
    internal const int UInt8 = 2;

    private const int IntAttribute = 2;
    private const int IntsAttribute = 7;

    /// <summary>A network of one input and one output.</summary>
    internal static byte[] Write((string Name, int Type, long[] Shape) input, (string Name, long[] Shape) output, params byte[][] nodes)
    {
        var graph = new ProtobufMessage();
        foreach (var node in nodes) graph.Bytes(1, node);
        graph.Text(2, "test").Bytes(11, Value(input.Name, input.Type, input.Shape)).Bytes(12, Value(output.Name, Float32, output.Shape));
        return new ProtobufMessage()
            .Number(1, 8)
            .Bytes(7, graph.ToArray())
            .Bytes(8, new ProtobufMessage().Text(1, "").Number(2, 13).ToArray())
            .ToArray();
    }

    internal static byte[] Node(string type, string input, string output) => Node(type, input, output, []);

    /// <summary>Mean over axes, which are removed.</summary>
    internal static byte[] Mean(string input, string output, params long[] axes)
    {
        var attribute = new ProtobufMessage().Text(1, "axes");
        foreach (var axis in axes) attribute.Number(8, axis);
        return Node("ReduceMean", input, output, attribute.Number(20, IntsAttribute).ToArray(), Int("keepdims", 0));
    }

    internal static byte[] ToFloat(string input, string output) => Node("Cast", input, output, Int("to", Float32));

    /// <summary>A node of two inputs.</summary>
    internal static byte[] Node(string type, (string A, string B) inputs, string output) =>
        new ProtobufMessage().Text(1, inputs.A).Text(1, inputs.B).Text(2, output).Text(4, type).ToArray();

    private static byte[] Node(string type, string input, string output, params byte[][] attributes)
    {
        var node = new ProtobufMessage().Text(1, input).Text(2, output).Text(4, type);
        foreach (var attribute in attributes) node.Bytes(5, attribute);
        return node.ToArray();
    }

    private static byte[] Int(string name, long value) => new ProtobufMessage().Text(1, name).Number(3, value).Number(20, IntAttribute).ToArray();

    // A dimension of -1 is symbolic.
    private static byte[] Value(string name, int type, long[] shape)
    {
        var dimensions = new ProtobufMessage();
        foreach (var size in shape)
            dimensions.Bytes(1, size < 0 ? new ProtobufMessage().Text(2, "n").ToArray() : new ProtobufMessage().Number(1, size).ToArray());
        var tensor = new ProtobufMessage().Number(1, type).Bytes(2, dimensions.ToArray());
        return new ProtobufMessage().Text(1, name).Bytes(2, new ProtobufMessage().Bytes(1, tensor.ToArray()).ToArray()).ToArray();
    }

    private sealed class ProtobufMessage
    {
        private readonly List<byte> _bytes = [];

        internal byte[] ToArray() => [.. _bytes];

        internal ProtobufMessage Number(int field, long value)
        {
            Varint((ulong)field << 3);
            Varint((ulong)value);
            return this;
        }

        internal ProtobufMessage Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

        internal ProtobufMessage Bytes(int field, byte[] bytes)
        {
            Varint(((ulong)field << 3) | 2);
            Varint((ulong)bytes.Length);
            _bytes.AddRange(bytes);
            return this;
        }

        private void Varint(ulong value)
        {
            for (; value >= 0x80; value >>= 7) _bytes.Add((byte)(value | 0x80));
            _bytes.Add((byte)value);
        }
    }
}
