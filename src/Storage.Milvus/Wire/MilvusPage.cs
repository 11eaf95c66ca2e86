using Google.Protobuf.Collections;
using ImageSearch.Storage.Milvus.Protocol;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Rows as columns of one length.</summary>
internal sealed class MilvusPage
{
    private readonly MilvusOptions _options;
    private readonly Dictionary<string, FieldData> _columns = [];

    /// <exception cref="MilvusException">The columns have different lengths, or one holds what is not read here.</exception>
    public MilvusPage(MilvusOptions options, RepeatedField<FieldData> columns)
    {
        _options = options;
        int? rows = null;
        foreach (var column in columns)
        {
            var count = CountOf(column);
            if (rows is not null && rows != count) throw Wrong($"columns of {rows} and {count} rows");
            rows = count;
            _columns[column.FieldName] = column;
        }

        RowCount = rows ?? 0;
    }

    /// <summary>Rows.</summary>
    public int RowCount { get; }

    /// <summary>A column of whole numbers.</summary>
    /// <exception cref="MilvusException">It was not asked for, or is another kind of column.</exception>
    public IReadOnlyList<long> Int64s(string name) =>
        Find(name) is not { } column ? [] : column.Scalars?.LongData?.Data ?? throw Wrong("a column of another type than whole numbers");

    /// <summary>A column of texts.</summary>
    /// <exception cref="MilvusException">It was not asked for, or is another kind of column.</exception>
    public IReadOnlyList<string> Strings(string name) =>
        Find(name) is not { } column ? [] : column.Scalars?.StringData?.Data ?? throw Wrong("a column of another type than texts");

    /// <summary>A column of vectors, all of the field's dimension.</summary>
    /// <exception cref="MilvusException">It was not asked for, or is another kind of column.</exception>
    public IReadOnlyList<ReadOnlyMemory<float>> Vectors(string name)
    {
        if (Find(name) is not { } column) return [];
        var data = column.Vectors?.FloatVector?.Data ?? throw Wrong("a column of another type than float vectors");
        var values = new float[data.Count];
        data.CopyTo(values, 0);
        var dimension = RowCount == 0 ? 0 : values.Length / RowCount;
        var vectors = new ReadOnlyMemory<float>[RowCount];
        for (var row = 0; row < vectors.Length; row++) vectors[row] = values.AsMemory(row * dimension, dimension);
        return vectors;
    }

    // An answer without rows may come without columns.
    private FieldData? Find(string name) =>
        _columns.TryGetValue(name, out var column) ? column : RowCount == 0 ? null : throw Wrong("not all columns that were asked for");

    private int CountOf(FieldData column)
    {
        if (column.FieldCase == FieldData.FieldOneofCase.Vectors)
        {
            if (column.Vectors.FloatVector?.Data is not { } floats) throw Wrong("vectors that are not of float32");
            var dimension = column.Vectors.Dim;
            if (dimension <= 0 || floats.Count % dimension != 0) throw Wrong($"{floats.Count} values for vectors of {dimension}");
            return (int)(floats.Count / dimension);
        }

        return column.Scalars?.DataCase switch
        {
            ScalarField.DataOneofCase.LongData => column.Scalars.LongData.Data.Count,
            ScalarField.DataOneofCase.StringData => column.Scalars.StringData.Data.Count,
            _ when column.Type is DataType.None or DataType.Int64 or DataType.VarChar => 0,
            _ => throw Wrong($"a column of the type {column.Type}, which is not read"),
        };
    }

    private MilvusException Wrong(string what) => MilvusFaults.Garbled(_options, $"its answer has {what}");
}
