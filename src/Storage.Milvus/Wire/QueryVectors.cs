using System.Buffers.Binary;
using Google.Protobuf;
using ImageSearch.Storage.Milvus.Protocol;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Encodes the query vectors of a search as a nested message, each vector as little-endian float32.</summary>
internal static class QueryVectors
{
    /// <exception cref="ArgumentException">There are no queries, or they have different lengths.</exception>
    public static ByteString From(IReadOnlyList<ReadOnlyMemory<float>> queries)
    {
        if (queries.Count == 0) throw new ArgumentException("There are no queries.", nameof(queries));
        var value = new PlaceholderValue { Tag = "$0", Type = PlaceholderType.FloatVector };
        foreach (var query in queries)
        {
            if (query.Length != queries[0].Length) throw new ArgumentException("The queries have different lengths.", nameof(queries));
            var bytes = new byte[query.Length * sizeof(float)];
            for (var i = 0; i < query.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), query.Span[i]);
            value.Values.Add(UnsafeByteOperations.UnsafeWrap(bytes));
        }

        return new PlaceholderGroup { Placeholders = { value } }.ToByteString();
    }
}
