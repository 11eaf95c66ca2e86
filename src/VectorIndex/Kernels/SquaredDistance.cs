using System.Numerics;

namespace ImageSearch.VectorIndex.Kernels;

/// <summary>
/// The sum of squared differences. Unlike 2 - 2·dot it loses nothing to cancellation between near vectors and is 0 for identical ones.
/// </summary>
internal static unsafe class SquaredDistance
{
    /// <summary>Lengths are multiples of two <see cref="Vector{T}"/>.</summary>
    public static float Of(float* view, float* row, int length)
    {
        int width = Vector<float>.Count;
        Vector<float> a = default, b = default;
        for (float* end = row + length; row < end; row += 2 * width, view += 2 * width)
        {
            Vector<float> low = Vector.Load(view) - Vector.Load(row);
            Vector<float> high = Vector.Load(view + width) - Vector.Load(row + width);
            a = Vector.MultiplyAddEstimate(low, low, a);
            b = Vector.MultiplyAddEstimate(high, high, b);
        }

        return Vector.Sum(a + b);
    }
}
