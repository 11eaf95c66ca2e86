using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageSearch.Embedding.Resampling;

/// <summary>
/// The two passes of resampling, one row at a time. Sums are 32-bit integers, so the result is the same on every processor.
/// </summary>
internal static class ResampleRow
{
    private const int Half = 1 << (ResampleTaps.Precision - 1);

    /// <summary>Resamples a row horizontally.</summary>
    /// <param name="row">Three bytes per pixel and one extra byte: pixels are read as four bytes.</param>
    /// <param name="taps">The taps of the horizontal axis.</param>
    /// <param name="result">Three bytes per result pixel and one extra byte.</param>
    internal static void Along(ReadOnlySpan<byte> row, ResampleTaps taps, Span<byte> result)
    {
        for (var x = 0; x < taps.Length; x++)
        {
            var weights = taps.Weights(x);
            var pixels = row.Slice(taps.First(x) * 3, (weights.Length * 3) + 1);
            var sum = Vector128.Create(Half);
            for (var tap = 0; tap < weights.Length; tap++)
            {
                var pixel = Vector128.CreateScalarUnsafe(BinaryPrimitives.ReadUInt32LittleEndian(pixels[(tap * 3)..])).AsByte();
                sum += Vector128.WidenLower(Vector128.WidenLower(pixel)).AsInt32() * weights[tap];
            }

            BinaryPrimitives.WriteUInt32LittleEndian(result[(x * 3)..], Clip(sum, sum, sum, sum).AsUInt32().ToScalar());
        }
    }

    /// <summary>Resamples rows vertically.</summary>
    /// <param name="rows">The source rows, each <paramref name="stride"/> bytes.</param>
    /// <param name="order">The index in <paramref name="rows"/> of the row of each tap.</param>
    /// <param name="weights">The taps' weights.</param>
    /// <param name="stride">Bytes per row, a multiple of 16.</param>
    /// <param name="result">Receives one row.</param>
    internal static void Across(ReadOnlySpan<byte> rows, ReadOnlySpan<int> order, ReadOnlySpan<int> weights, int stride, Span<byte> result)
    {
        for (var x = 0; x < stride; x += Vector128<byte>.Count)
        {
            var (a, b, c, d) = (Vector128.Create(Half), Vector128.Create(Half), Vector128.Create(Half), Vector128.Create(Half));
            for (var tap = 0; tap < weights.Length; tap++)
            {
                var (low, high) = Vector128.Widen(MemoryMarshal.Read<Vector128<byte>>(rows[((order[tap] * stride) + x)..]));
                var weight = weights[tap];
                a += Vector128.WidenLower(low).AsInt32() * weight;
                b += Vector128.WidenUpper(low).AsInt32() * weight;
                c += Vector128.WidenLower(high).AsInt32() * weight;
                d += Vector128.WidenUpper(high).AsInt32() * weight;
            }

            Clip(a, b, c, d).CopyTo(result[x..]);
        }
    }

    private static Vector128<byte> Clip(Vector128<int> a, Vector128<int> b, Vector128<int> c, Vector128<int> d) =>
        Vector128.NarrowWithSaturation(
            Vector128.NarrowWithSaturation(Positive(a), Positive(b)), Vector128.NarrowWithSaturation(Positive(c), Positive(d)));

    private static Vector128<uint> Positive(Vector128<int> sum) =>
        Vector128.Max(Vector128.ShiftRightArithmetic(sum, ResampleTaps.Precision), Vector128<int>.Zero).AsUInt32();
}
