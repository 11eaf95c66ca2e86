using Google.Protobuf.Collections;
using ImageSearch.Storage.Milvus.Protocol;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>The rows of a query, as columns of equal length.</summary>
public sealed class MilvusPage
{
    private readonly MilvusOptions _options;
    private readonly Dictionary<string, FieldData> _columns = [];

    /// <exception cref="MilvusException">The columns have different lengths, or one has an unsupported type.</exception>
    internal MilvusPage(MilvusOptions options, RepeatedField<FieldData> columns)
    {
        _options = options;
        int? rows = null;
        foreach (var column in columns)
        {
            var count = CountOf(column);
            if (rows is not null && rows != count) throw Garbled($"columns of {rows} and {count} rows");
            rows = count;
            _columns[column.FieldName] = column;
        }

        RowCount = rows ?? 0;
    }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>A column of 64-bit integers.</summary>
    /// <exception cref="MilvusException">The column was not requested, or has another type.</exception>
    public IReadOnlyList<long> Int64s(string name) =>
        Find(name) is not { } column ? [] : column.Scalars?.LongData?.Data ?? throw Garbled("a column of another type than Int64");

    /// <summary>A column of texts.</summary>
    /// <exception cref="MilvusException">The column was not requested, or has another type.</exception>
    public IReadOnlyList<string> Strings(string name) =>
        Find(name) is not { } column ? [] : column.Scalars?.StringData?.Data ?? throw Garbled("a column of another type than VarChar");

    /// <summary>A column of vectors, all of the field's dimension.</summary>
    /// <exception cref="MilvusException">The column was not requested, or has another type.</exception>
    public IReadOnlyList<ReadOnlyMemory<float>> Vectors(string name)
    {
        if (Find(name) is not { } column) return [];
        var data = column.Vectors?.FloatVector?.Data ?? throw Garbled("a column of another type than float vectors");
        var values = new float[data.Count];
        data.CopyTo(values, 0);
        var dimension = RowCount == 0 ? 0 : values.Length / RowCount;
        var vectors = new ReadOnlyMemory<float>[RowCount];
        for (var row = 0; row < vectors.Length; row++) vectors[row] = values.AsMemory(row * dimension, dimension);
        return vectors;
    }

    // A response without rows can lack the columns.
    private FieldData? Find(string name) =>
        _columns.TryGetValue(name, out var column) ? column : RowCount == 0 ? null : throw Garbled("not all requested columns");

    private int CountOf(FieldData column)
    {
        if (column.FieldCase == FieldData.FieldOneofCase.Vectors)
        {
            if (column.Vectors.FloatVector?.Data is not { } floats) throw Garbled("vectors that are not float32");
            var dimension = column.Vectors.Dim;
            if (dimension <= 0 || floats.Count % dimension != 0) throw Garbled($"{floats.Count} values for vectors of {dimension}");
            return (int)(floats.Count / dimension);
        }

        return column.Scalars?.DataCase switch
        {
            ScalarField.DataOneofCase.LongData => column.Scalars.LongData.Data.Count,
            ScalarField.DataOneofCase.StringData => column.Scalars.StringData.Data.Count,
            _ when column.Type is DataType.None or DataType.Int64 or DataType.VarChar => 0,
            _ => throw Garbled($"a column of the unsupported type {column.Type}"),
        };
    }

    private MilvusException Garbled(string what) => MilvusFaults.Garbled(_options, $"its response has {what}");
}
