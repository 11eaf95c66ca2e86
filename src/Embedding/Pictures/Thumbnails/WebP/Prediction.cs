using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>
/// Predicts a macroblock of a plane and finds the best mode by the sum of absolute differences. Rows have 16 bytes; a row of chroma is
/// eight bytes of U and eight of V, which are two planes.
/// </summary>
/// <param name="rows">Rows of a macroblock: 16 of luma or 8 of chroma.</param>
internal sealed class Prediction(int rows)
{
    /// <summary>Bytes of a row.</summary>
    internal const int Width = 16;

    private const int Modes = 4;

    // A faithful prediction differs by less than a quarter of a level per pixel, and no pixel by more than four levels.
    private const int PixelsPerLevel = 4;
    private const byte MaxDistance = 4;

    private readonly byte[] _candidates = new byte[Modes * rows * Width];
    private int _best;
    private int _difference;

    /// <summary>The best prediction, after <see cref="Choose"/>.</summary>
    internal ReadOnlySpan<byte> Best => Candidate((PredictionMode)_best);

    /// <summary>Predicts by all modes and chooses one.</summary>
    /// <param name="source">The macroblock, from its first row.</param>
    /// <param name="stride">Bytes from row to row of the source.</param>
    /// <param name="edges">The neighbors.</param>
    /// <returns>The mode.</returns>
    internal PredictionMode Choose(ReadOnlySpan<byte> source, int stride, MacroblockEdges edges)
    {
        var (average, top) = (edges.Average, edges.Top);
        var (corner, lowerTop, upperTop) = (edges.Corner, Vector128.WidenLower(edges.Top), Vector128.WidenUpper(edges.Top));
        var lowerStep = (lowerTop - Vector128.WidenLower(corner)).AsInt16();
        var upperStep = (upperTop - Vector128.WidenUpper(corner)).AsInt16();
        var (a, v, h, g) = (Vector128<ushort>.Zero, Vector128<ushort>.Zero, Vector128<ushort>.Zero, Vector128<ushort>.Zero);
        var averages = Candidate(PredictionMode.Average);
        var verticals = Candidate(PredictionMode.Vertical);
        var horizontals = Candidate(PredictionMode.Horizontal);
        var gradients = Candidate(PredictionMode.Gradient);
        for (var y = 0; y < rows; y++)
        {
            var pixels = MemoryMarshal.Read<Vector128<byte>>(source[(y * stride)..]);
            var left = edges.Left(y);
            var gradient = Vector128.NarrowWithSaturation(
                Vector128.Max(Vector128.WidenLower(left).AsInt16() + lowerStep, Vector128<short>.Zero).AsUInt16(),
                Vector128.Max(Vector128.WidenUpper(left).AsInt16() + upperStep, Vector128<short>.Zero).AsUInt16());
            average.CopyTo(averages[(y * Width)..]);
            top.CopyTo(verticals[(y * Width)..]);
            left.CopyTo(horizontals[(y * Width)..]);
            gradient.CopyTo(gradients[(y * Width)..]);
            a += Difference(pixels, average);
            v += Difference(pixels, top);
            h += Difference(pixels, left);
            g += Difference(pixels, gradient);
        }

        ReadOnlySpan<int> differences = [Vector128.Sum(a), Vector128.Sum(v), Vector128.Sum(h), Vector128.Sum(g)];
        _best = 0;
        for (var mode = 1; mode < Modes; mode++)
        {
            if (differences[mode] < differences[_best]) _best = mode;
        }

        _difference = differences[_best];
        return (PredictionMode)_best;
    }

    /// <summary>Whether <see cref="Best"/> is so close to the source that what it leaves is not coded.</summary>
    internal bool IsFaithful(ReadOnlySpan<byte> source, int stride)
    {
        if (_difference >= rows * Width / PixelsPerLevel) return false;
        var largest = Vector128<byte>.Zero;
        for (var y = 0; y < rows; y++)
        {
            var pixels = MemoryMarshal.Read<Vector128<byte>>(source[(y * stride)..]);
            largest = Vector128.Max(largest, Distance(pixels, MemoryMarshal.Read<Vector128<byte>>(Best[(y * Width)..])));
        }

        return Vector128.LessThanOrEqualAll(largest, Vector128.Create(MaxDistance));
    }

    private Span<byte> Candidate(PredictionMode mode) => _candidates.AsSpan((int)mode * rows * Width, rows * Width);

    // The sum of all pixels, at most 256 x 255, fits 16 bits.
    private static Vector128<ushort> Difference(Vector128<byte> a, Vector128<byte> b)
    {
        var distance = Distance(a, b);
        return Vector128.WidenLower(distance) + Vector128.WidenUpper(distance);
    }

    private static Vector128<byte> Distance(Vector128<byte> a, Vector128<byte> b) => Vector128.Max(a, b) - Vector128.Min(a, b);
}
