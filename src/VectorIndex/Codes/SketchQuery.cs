using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Codes;

/// <summary>A rotated query quantized to 4 bits per value, by which sketches are compared.</summary>
/// <param name="Planes">Bit planes in the order of <see cref="SketchDot"/>. The creator must keep them pinned.</param>
/// <param name="Words">Number of words of a sketch.</param>
/// <param name="Step">The quantization step, doubled because a bit stands for +1 or -1.</param>
/// <param name="Minimum">The value that 0 stands for, doubled.</param>
/// <param name="Sum">The sum of the quantized values.</param>
/// <param name="Offset">The inner product of the centred query and the centre.</param>
/// <param name="Margin">How far an estimate may be below the score, per standard deviation of a query of unit length.</param>
internal readonly unsafe record struct SketchQuery(nint Planes, int Words, float Step, float Minimum, float Sum, float Offset, float Margin)
{
    private const int Levels = (1 << SketchDot.Planes) - 1;

    public static float Deviations = float.Parse(Environment.GetEnvironmentVariable("SK_DEV") ?? "2");

    /// <summary>Quantizes a rotated query.</summary>
    public static SketchQuery Encode(ReadOnlySpan<float> rotated, float offset, ulong* planes)
    {
        float max = MathF.Abs(TensorPrimitives.MaxMagnitude(rotated));
        float step = 2 * max / Levels;
        var perStep = Vector256.Create(step > 0 ? 1 / step : 0);
        var half = Vector256.Create(max * perStep[0] + 0.5f);
        ReadOnlySpan<Vector256<float>> vectors = MemoryMarshal.Cast<float, Vector256<float>>(rotated);
        Vector256<int> sum = default;
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector256<int> values = Vector256.Min(Vector256.ConvertToInt32((vectors[i] * perStep) + half), Vector256.Create(Levels));
            sum += values;
            for (int plane = 0; plane < SketchDot.Planes; plane++)
            {
                byte* word = (byte*)(planes + (i / 8 * SketchDot.Planes) + plane);
                word[i % 8] = (byte)(values << (31 - plane)).ExtractMostSignificantBits();
            }
        }

        float length = TensorPrimitives.Norm(rotated);
        return new SketchQuery(
            (nint)planes, rotated.Length / 64, 2 * step, -2 * max, (step * Vector256.Sum(sum)) - (max * rotated.Length), offset, Deviations * length);
    }

    /// <summary>A score that the row's score rarely exceeds.</summary>
    public float UpperBound(byte* sketch)
    {
        ref readonly SketchTerms terms = ref *(SketchTerms*)sketch;
        int dot = SketchDot.Of((ulong*)Planes, (ulong*)(sketch + sizeof(SketchTerms)), Words);
        return (terms.Factor * ((Step * dot) + (Minimum * terms.Ones) - Sum)) + (terms.Error * Margin) + terms.Offset + Offset;
    }
}
