using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>
/// A picture as luma, and chroma of half the size, by BT.601 with limited range, as WebP requires. Both planes are extended to whole
/// macroblocks by repeating the last column and row. The chroma plane has eight bytes of U and eight of V for each macroblock, so that both
/// planes are 16 bytes wide per macroblock.
/// </summary>
internal sealed class YuvPlanes
{
    /// <summary>Rows and columns of a macroblock's luma.</summary>
    internal const int LumaSize = 16;

    /// <summary>Rows of a macroblock's chroma.</summary>
    internal const int ChromaRows = 8;

    private const int Lanes = 8;
    private const int SourceBytes = Lanes * 3;

    private byte[] _luma = [];
    private byte[] _chroma = [];
    private byte[] _upper = [];
    private byte[] _lower = [];

    /// <summary>Macroblocks per row.</summary>
    internal int Columns { get; private set; }

    /// <summary>Rows of macroblocks.</summary>
    internal int Rows { get; private set; }

    /// <summary>Bytes per row of both planes.</summary>
    internal int Stride => Columns * LumaSize;

    /// <summary>Luma, from the first row of a macroblock.</summary>
    internal ReadOnlySpan<byte> Luma(int column, int row) => _luma.AsSpan((row * LumaSize * Stride) + (column * LumaSize));

    /// <summary>Chroma, from the first row of a macroblock.</summary>
    internal ReadOnlySpan<byte> Chroma(int column, int row) => _chroma.AsSpan((row * ChromaRows * Stride) + (column * LumaSize));

    /// <summary>Converts a picture.</summary>
    /// <param name="rgb">Three bytes per pixel, row by row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    internal void Load(ReadOnlySpan<byte> rgb, int width, int height)
    {
        (Columns, Rows) = ((width + LumaSize - 1) / LumaSize, (height + LumaSize - 1) / LumaSize);
        Grow(ref _luma, Stride * Rows * LumaSize);
        Grow(ref _chroma, Stride * Rows * ChromaRows);
        Grow(ref _upper, Stride * 3);
        Grow(ref _lower, Stride * 3);
        for (var y = 0; y < Rows * LumaSize; y += 2)
        {
            Extend(rgb.Slice(Math.Min(y, height - 1) * width * 3, width * 3), _upper);
            Extend(rgb.Slice(Math.Min(y + 1, height - 1) * width * 3, width * 3), _lower);
            Convert(_luma.AsSpan(y * Stride, 2 * Stride), _chroma.AsSpan(y / 2 * Stride, Stride));
        }
    }

    private static void Grow(ref byte[] array, int length)
    {
        if (array.Length < length) array = GC.AllocateUninitializedArray<byte>(length);
    }

    private void Extend(ReadOnlySpan<byte> pixels, Span<byte> row)
    {
        pixels.CopyTo(row);
        for (var at = pixels.Length; at < Stride * 3; at++) row[at] = row[at - 3];
    }

    private void Convert(Span<byte> luma, Span<byte> chroma)
    {
        for (var x = 0; x < Stride; x += Lanes)
        {
            var (r, g, b) = Read(_upper, x * 3);
            var (r2, g2, b2) = Read(_lower, x * 3);
            Write(LumaOf(r, g, b), luma[x..]);
            Write(LumaOf(r2, g2, b2), luma[(Stride + x)..]);
            var (u, v) = ChromaOf(SumOfPairs(r, r2), SumOfPairs(g, g2), SumOfPairs(b, b2));
            var at = (x / LumaSize * LumaSize) + (x % LumaSize / 2);
            MemoryMarshal.Write(chroma[at..], u);
            MemoryMarshal.Write(chroma[(at + ChromaRows)..], v);
        }
    }

    // Two overlapping reads of 16 bytes have the 24 bytes of eight pixels; an index beyond a read gives 0.
    private static (Vector128<ushort> R, Vector128<ushort> G, Vector128<ushort> B) Read(ReadOnlySpan<byte> row, int at)
    {
        var first = MemoryMarshal.Read<Vector128<byte>>(row[at..]);
        var second = MemoryMarshal.Read<Vector128<byte>>(row[(at + SourceBytes - Vector128<byte>.Count)..]);
        return (
            (Vector128.Shuffle(first, Vector128.Create((byte)0, 99, 3, 99, 6, 99, 9, 99, 12, 99, 15, 99, 99, 99, 99, 99))
                | Vector128.Shuffle(second, Vector128.Create((byte)99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 10, 99, 13, 99))).AsUInt16(),
            (Vector128.Shuffle(first, Vector128.Create((byte)1, 99, 4, 99, 7, 99, 10, 99, 13, 99, 99, 99, 99, 99, 99, 99))
                | Vector128.Shuffle(second, Vector128.Create((byte)99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 8, 99, 11, 99, 14, 99))).AsUInt16(),
            (Vector128.Shuffle(first, Vector128.Create((byte)2, 99, 5, 99, 8, 99, 11, 99, 14, 99, 99, 99, 99, 99, 99, 99))
                | Vector128.Shuffle(second, Vector128.Create((byte)99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 9, 99, 12, 99, 15, 99))).AsUInt16());
    }

    // (66 R + 129 G + 25 B) / 256 + 16, which fits 16 bits unsigned.
    private static Vector128<ushort> LumaOf(Vector128<ushort> r, Vector128<ushort> g, Vector128<ushort> b) =>
        (((r * 66) + (g * 129) + (b * 25) + Vector128.Create((ushort)128)) >>> 8) + Vector128.Create((ushort)16);

    // Sums of 2 x 2 pixels.
    private static Vector128<int> SumOfPairs(Vector128<ushort> upper, Vector128<ushort> lower)
    {
        var pairs = (upper + lower).AsInt32();
        return (pairs & Vector128.Create(0xFFFF)) + (pairs >>> 16);
    }

    private static (uint U, uint V) ChromaOf(Vector128<int> r, Vector128<int> g, Vector128<int> b)
    {
        // The weights are of 256, for sums of four pixels; 128 is the middle of the range, and a half rounds.
        var middle = Vector128.Create((128 << 10) + (1 << 9));
        return (
            Bytes(((b * 112) - (r * 38) - (g * 74) + middle) >> 10),
            Bytes(((r * 112) - (g * 94) - (b * 18) + middle) >> 10));
    }

    private static uint Bytes(Vector128<int> values)
    {
        var shorts = Vector128.Narrow(values.AsUInt32(), values.AsUInt32());
        return Vector128.Narrow(shorts, shorts).AsUInt32().ToScalar();
    }

    private static void Write(Vector128<ushort> values, Span<byte> row) =>
        MemoryMarshal.Write(row, Vector128.Narrow(values, values).AsUInt64().ToScalar());
}
