using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Codes;

/// <summary>
/// Sketches of one bit per value (RaBitQ, Gao and Long, arXiv 2405.12497): the signs of a vector after it is centred and rotated. A sketch
/// takes an eighth of the memory traffic of a code, and estimates an inner product with a standard deviation of about 0.01 for 1,280 values
/// and 0.017 for 512. It is stored as its terms followed by its bits, in whole cache lines.
/// </summary>
/// <remarks>
/// The rotation is a Hadamard transform after random changes of sign. On 100,000 × 1,280 vectors after a ReLU the standard deviation is
/// 0.0106, with a random orthogonal matrix 0.0105, without a rotation 0.0147.
/// </remarks>
internal sealed unsafe class SketchSpace
{
    private const int CacheLine = 64;

    private readonly float[] _centre;
    private readonly float[] _signs;
    private readonly float _squaredCentre;

    /// <param name="centre">The mean of the rows, or of some; with zeros after the dimension.</param>
    public SketchSpace(float[] centre)
    {
        _centre = centre;
        _squaredCentre = TensorPrimitives.SumOfSquares(centre);
        _signs = new float[centre.Length];
        float scale = 1 / MathF.Sqrt(HadamardTransform.SpreadOf(centre.Length));
        ulong state = 1;
        for (int i = 0; i < _signs.Length; i++)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            _signs[i] = state >> 63 == 0 ? scale : -scale;
        }
    }

    /// <summary>Number of groups of bits in a sketch.</summary>
    public static int GroupsOf(int dimension) => (dimension + SketchDot.GroupBits - 1) / SketchDot.GroupBits;

    /// <summary>Bytes from one sketch to the next.</summary>
    public static int StrideOf(int dimension) =>
        (sizeof(SketchTerms) + (GroupsOf(dimension) * SketchDot.GroupBits / 8) + CacheLine - 1) / CacheLine * CacheLine;

    /// <summary>Centres and rotates a vector in place.</summary>
    /// <param name="values">The vector, with zeros after the dimension.</param>
    /// <returns>The inner product of the centred vector and the centre.</returns>
    public float Rotate(Span<float> values)
    {
        TensorPrimitives.Subtract(values, _centre, values);
        float offset = TensorPrimitives.Dot(values, _centre);
        TensorPrimitives.Multiply(values, _signs, values);
        HadamardTransform.Apply(values);
        return offset;
    }

    /// <summary>Writes the sketch of a rotated vector.</summary>
    /// <param name="rotated">The vector.</param>
    /// <param name="offset">The result of the rotation.</param>
    /// <param name="sketch">Receives the sketch. The bits after the dimension are left as they are: zeros.</param>
    public void Write(ReadOnlySpan<float> rotated, float offset, byte* sketch)
    {
        byte* bits = sketch + sizeof(SketchTerms);
        ReadOnlySpan<Vector256<float>> vectors = MemoryMarshal.Cast<float, Vector256<float>>(rotated);
        Vector256<float> magnitudes = default;
        int ones = 0;
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector256<float> values = vectors[i];
            magnitudes += Vector256.Abs(values);
            uint signs = Vector256.GreaterThan(values, default).ExtractMostSignificantBits();
            bits[i] = (byte)signs;
            ones += BitOperations.PopCount(signs);
        }

        // All zeros, a row at the centre: the offset alone is exact.
        float dot = Vector256.Sum(magnitudes);
        float factor = dot > 0 ? TensorPrimitives.SumOfSquares(rotated) / dot : 0;
        *(SketchTerms*)sketch = new SketchTerms(factor, offset + _squaredCentre, ones);
    }
}
