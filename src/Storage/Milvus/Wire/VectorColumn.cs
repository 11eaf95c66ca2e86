using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Milvus.Client.Grpc;

namespace ImageSearch.Storage;

/// <summary>
/// The vectors of a write as an entry of the request's fields_data, appended to the request: protobuf lets a repeated field's entries stand
/// anywhere. So each float is copied once, from the row into the frame, which is most of a write's bytes.
/// </summary>
internal sealed class VectorColumn
{
    // fields_data is number 5 in InsertRequest and in UpsertRequest; all tags here are length-delimited.
    private const byte FieldsDataTag = (5 << 3) | 2;
    private const byte VectorsTag = (4 << 3) | 2;
    private const byte FloatVectorTag = (2 << 3) | 2;
    private const byte PackedTag = (1 << 3) | 2;

    private readonly IReadOnlyList<ReadOnlyMemory<float>> _vectors;
    private readonly byte[] _head;
    private readonly byte[] _dimension;
    private readonly int _floats;
    private readonly int _array;
    private readonly int _vectorField;
    private readonly int _fieldData;

    /// <exception cref="ArgumentException">The vectors are not all of one length, or are 1 GiB together.</exception>
    public VectorColumn(string name, IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        _vectors = vectors;
        var dimension = vectors[0].Length;
        if (vectors.Any(vector => vector.Length != dimension)) throw new ArgumentException("The vectors have different lengths.");
        if ((long)dimension * sizeof(float) * vectors.Count > 1 << 30) throw new ArgumentException("The vectors are over 1 GiB.");

        _floats = dimension * sizeof(float) * vectors.Count;
        _head = new FieldData { Type = DataType.FloatVector, FieldName = name }.ToByteArray();
        _dimension = new VectorField { Dim = dimension }.ToByteArray();
        _array = Delimited(_floats);
        _vectorField = _dimension.Length + Delimited(_array);
        _fieldData = _head.Length + Delimited(_vectorField);
        Length = Delimited(_fieldData);
    }

    /// <summary>Bytes that it takes.</summary>
    public int Length { get; }

    public void WriteTo(Span<byte> target)
    {
        target = Open(target, FieldsDataTag, _fieldData);
        target = Put(target, _head);
        target = Open(target, VectorsTag, _vectorField);
        target = Put(target, _dimension);
        target = Open(target, FloatVectorTag, _array);
        target = Open(target, PackedTag, _floats);
        foreach (var vector in _vectors) target = Put(target, vector.Span);
    }

    /// <summary>Copies float32 in the wire's order of bytes, least first, and gives what is left of the target.</summary>
    public static Span<byte> Put(Span<byte> target, ReadOnlySpan<float> vector)
    {
        if (BitConverter.IsLittleEndian) return Put(target, MemoryMarshal.AsBytes(vector));
        foreach (var value in vector)
        {
            BinaryPrimitives.WriteSingleLittleEndian(target, value);
            target = target[sizeof(float)..];
        }

        return target;
    }

    private static Span<byte> Put(Span<byte> target, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(target);
        return target[bytes.Length..];
    }

    private static Span<byte> Open(Span<byte> target, byte tag, int length)
    {
        target[0] = tag;
        var at = 1;
        var rest = (uint)length;
        for (; rest >= 0x80; rest >>= 7) target[at++] = (byte)(rest | 0x80);
        target[at++] = (byte)rest;
        return target[at..];
    }

    private static int Delimited(int length) => 1 + CodedOutputStream.ComputeLengthSize(length) + length;
}
