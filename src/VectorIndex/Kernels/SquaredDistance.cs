using System.Numerics;

namespace ImageSearch.VectorIndex.Kernels;

/// <summary>
/// The sum of squared differences. Unlike 2 - 2·dot it has no cancellation error for near vectors and is 0 for identical ones.
/// </summary>
internal static unsafe class SquaredDistance
{
    /// <summary>Lengths are multiples of two <see cref="Vector{T}"/>.</summary>
    public static float Of(float* query, float* row, int length)
    {
        int width = Vector<float>.Count;
        Vector<float> a = default, b = default;
        for (float* end = row + length; row < end; row += 2 * width, query += 2 * width)
        {
            Vector<float> low = Vector.Load(query) - Vector.Load(row);
            Vector<float> high = Vector.Load(query + width) - Vector.Load(row + width);
            a = Vector.MultiplyAddEstimate(low, low, a);
            b = Vector.MultiplyAddEstimate(high, high, b);
        }

        return Vector.Sum(a + b);
    }
}
