using System.Buffers;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Resampling;

/// <summary>
/// Resamples a picture that comes row by row, from top to bottom, as Pillow would: antialiased where it shrinks, interpolated where it
/// grows. It keeps only the rows that the next result row is made of. In our own hands because it decides, with the network, what a
/// vector is: libvips' reduce differs by its roundings (cosine 0.999) and its resize enlarges with a shift of half a pixel (0.98).
/// Measured, 256 x 256 to 224 x 224: 0.4 ms here, 1.2 ms there; enlarging 2.2 ms there.
/// </summary>
internal sealed class Resampler : IDisposable
{
    private const int Alignment = 16;

    private readonly ResampleTaps _columns;
    private readonly ResampleTaps _rows;
    private readonly int _stride;
    private readonly byte[] _ring;
    private readonly int[] _order;
    private int _nextRow;
    private int _nextResult;

    /// <param name="from">The source's size.</param>
    /// <param name="to">The size it is scaled to.</param>
    /// <param name="window">The part of the scaled picture that is wanted.</param>
    /// <param name="filter">The kernel.</param>
    internal Resampler((int Width, int Height) from, (int Width, int Height) to, PixelBox window, ResizeFilter filter)
    {
        _columns = new ResampleTaps(from.Width, to.Width, window.Left, window.Right, filter);
        _rows = new ResampleTaps(from.Height, to.Height, window.Top, window.Bottom, filter);
        _stride = ((window.Width * 3) + 1 + Alignment - 1) / Alignment * Alignment;
        _ring = ArrayPool<byte>.Shared.Rent(_stride * _rows.MaxCount);
        _order = new int[_rows.MaxCount];
        _nextRow = _rows.First(0);
    }

    /// <summary>Bytes that <see cref="TryTake"/> writes: a result row and padding.</summary>
    internal int ResultBytes => _stride;

    /// <summary>The source row that is wanted next; those before it are not.</summary>
    internal int NextRow => _nextRow;

    /// <summary>Whether no more rows are wanted.</summary>
    internal bool IsDone => _nextResult == _rows.Length;

    /// <summary>Gives row <see cref="NextRow"/>; then take what results before giving another.</summary>
    /// <param name="row">Three bytes a pixel, and one more.</param>
    internal void Add(ReadOnlySpan<byte> row)
    {
        ResampleRow.Along(row, _columns, _ring.AsSpan(_nextRow % _rows.MaxCount * _stride, _stride));
        _nextRow++;
    }

    /// <summary>Takes the next result row if all its source rows were given.</summary>
    /// <param name="result">Takes <see cref="ResultBytes"/> bytes.</param>
    internal bool TryTake(Span<byte> result)
    {
        if (IsDone || _rows.End(_nextResult) > _nextRow) return false;
        var weights = _rows.Weights(_nextResult);
        for (var tap = 0; tap < weights.Length; tap++) _order[tap] = (_rows.First(_nextResult) + tap) % _rows.MaxCount;
        ResampleRow.Across(_ring, _order, weights, _stride, result);
        _nextResult++;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_ring);
}
