using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>Checks of vectors.</summary>
internal static class UnitVectors
{
    /// <exception cref="ArgumentException">The dimension of a vector is not the table's.</exception>
    public static void Check(RowVectors row, TableRecord table)
    {
        Check(row.Whole, table);
        if (row.MainObject is { } mainObject) Check(mainObject, table);
    }

    /// <exception cref="ArgumentException">The dimension of the vector is not the table's.</exception>
    public static void Check(ReadOnlyMemory<float> vector, TableRecord table)
    {
        if (vector.Length != table.Model.Dimension)
            throw new ArgumentException($"The vector has {vector.Length} values; those of {table.Generation} have {table.Model.Dimension}.", nameof(vector));
    }
}
