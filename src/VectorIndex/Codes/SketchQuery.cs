using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Codes;

/// <summary>A rotated query quantized to 4 bits per value, by which sketches are compared.</summary>
/// <param name="Planes">Bit planes in the order of <see cref="SketchDot"/>. The creator must keep them pinned.</param>
/// <param name="Groups">Number of groups of bits in a sketch.</param>
/// <param name="Step">The quantization step, doubled because a bit stands for +1 or -1.</param>
/// <param name="Minimum">The value that 0 stands for, doubled.</param>
/// <param name="Sum">The sum of the quantized values.</param>
/// <param name="Offset">The inner product of the centred query and the centre.</param>
internal readonly unsafe record struct SketchQuery(nint Planes, int Groups, float Step, float Minimum, float Sum, float Offset)
{
    private const int MaxValue = (1 << SketchDot.Planes) - 1;

    /// <summary>Bytes of the planes of a query.</summary>
    public static int PlaneBytes(int dimension) => SketchSpace.GroupsOf(dimension) * SketchDot.Planes * SketchDot.GroupBits / 8;

    /// <summary>Quantizes a rotated query.</summary>
    /// <param name="rotated">The values; their number is a multiple of 64.</param>
    /// <param name="offset">The result of the rotation.</param>
    /// <param name="planes">Receives <see cref="PlaneBytes"/> bytes.</param>
    public static SketchQuery Encode(ReadOnlySpan<float> rotated, float offset, byte* planes)
    {
        int groups = SketchSpace.GroupsOf(rotated.Length);
        new Span<byte>(planes, PlaneBytes(rotated.Length)).Clear();
        float max = MathF.Abs(TensorPrimitives.MaxMagnitude(rotated));
        float step = 2 * max / MaxValue;
        var perStep = Vector256.Create(step > 0 ? 1 / step : 0);
        var half = Vector256.Create((MaxValue / 2f) + 0.5f);
        ReadOnlySpan<Vector256<float>> vectors = MemoryMarshal.Cast<float, Vector256<float>>(rotated);
        Vector256<int> sum = default;
        for (int i = 0; i < vectors.Length; i++)
        {
            var values = Vector256.Min(Vector256.ConvertToInt32((vectors[i] * perStep) + half), Vector256.Create(MaxValue));
            sum += values;
            byte* first = planes + (i / 32 * (32 * SketchDot.Planes)) + (i % 32);
            for (int plane = 0; plane < SketchDot.Planes; plane++)
                first[plane * 32] = (byte)(values << (31 - plane)).ExtractMostSignificantBits();
        }

        return new SketchQuery(
            (nint)planes, groups, 2 * step, -2 * max, (step * Vector256.Sum(sum)) - (max * rotated.Length), offset);
    }

    /// <summary>Estimates the inner product of the query and a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Estimate(byte* sketch)
    {
        ref readonly SketchTerms terms = ref *(SketchTerms*)sketch;
        int dot = SketchDot.Of((byte*)Planes, sketch + sizeof(SketchTerms), Groups);
        return (terms.Factor * ((Step * dot) + (Minimum * terms.Ones) - Sum)) + terms.Offset + Offset;
    }
}
