using System.Numerics.Tensors;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>Checks of vectors, and distances between them.</summary>
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

    /// <summary>The least squared Euclidean distance between a view of the row and a view of the query.</summary>
    public static float Nearest(RowVectors row, IReadOnlyList<ReadOnlyMemory<float>> views)
    {
        var nearest = float.MaxValue;
        foreach (var view in views)
        {
            nearest = Math.Min(nearest, SquaredDistance(row.Whole.Span, view.Span));
            if (row.MainObject is { } mainObject) nearest = Math.Min(nearest, SquaredDistance(mainObject.Span, view.Span));
        }

        return nearest;
    }

    private static float SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var distance = TensorPrimitives.Distance(a, b);
        return distance * distance;
    }
}
