using System.Numerics.Tensors;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Vectors;

/// <summary>Distances of stored vectors: the same vectors always have the same distance, to the last bit.</summary>
public static class ExactDistance
{
    /// <summary>The least squared Euclidean distance between a view of the row and a view of the query.</summary>
    public static float Nearest(RowVectors row, IReadOnlyList<ReadOnlyMemory<float>> views)
    {
        ArgumentNullException.ThrowIfNull(views);
        var nearest = float.MaxValue;
        foreach (var view in views)
        {
            nearest = Math.Min(nearest, Squared(row.Whole.Span, view.Span));
            if (row.MainObject is { } mainObject) nearest = Math.Min(nearest, Squared(mainObject.Span, view.Span));
        }

        return nearest;
    }

    /// <summary>The squared Euclidean distance of two vectors. It is symmetric.</summary>
    public static float Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var distance = TensorPrimitives.Distance(a, b);
        return distance * distance;
    }
}
