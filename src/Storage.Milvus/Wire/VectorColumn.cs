using Google.Protobuf;
using ImageSearch.Storage.Milvus.Protocol;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Encodes vectors as a column.</summary>
internal static class VectorColumn
{
    private const long MaxBytes = 1 << 30;

    /// <exception cref="ArgumentException">The vectors have different lengths, or exceed 1 GiB in total.</exception>
    public static FieldData From(string name, IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        var dimension = vectors[0].Length;
        if (vectors.Any(vector => vector.Length != dimension)) throw new ArgumentException("The vectors have different lengths.", nameof(vectors));
        if ((long)dimension * sizeof(float) * vectors.Count > MaxBytes) throw new ArgumentException("The vectors exceed 1 GiB.", nameof(vectors));

        var values = new FloatArray();
        values.Data.Capacity = dimension * vectors.Count;
        foreach (var vector in vectors) values.Data.AddRange(vector.Span);
        return new FieldData
        {
            Type = DataType.FloatVector,
            FieldName = name,
            Vectors = new VectorField { Dim = dimension, FloatVector = values },
        };
    }
}
