using System.Buffers;
using NetVips;

namespace ImageSearch.Embedding.Vips;

/// <summary>
/// Reads rows of an 8-bit RGB picture on the thread that created it. libvips computes them in place: vips_region_fetch would allocate and
/// copy each strip, and the caller would copy it again.
/// </summary>
internal sealed class RowStrip : IDisposable
{
    private const int Bands = 3;

    // The resampler reads pixels as four bytes.
    private const int ExtraBytes = 1;

    private readonly byte[] _pixels;
    private readonly MemoryHandle _pin;
    private readonly Image _memory;
    private readonly Region _source;
    private readonly Region _target;
    private readonly int _width;

    /// <param name="image">The picture.</param>
    /// <param name="rows">The greatest number of rows per read.</param>
    /// <exception cref="VipsException">libvips is out of memory.</exception>
    internal unsafe RowStrip(Image image, int rows)
    {
        // A read checks the size of a pixel against the memory, but not the number of bands.
        if (image.Bands != Bands || image.Format != Enums.BandFormat.Uchar)
            throw new ArgumentException($"the picture has {image.Bands} bands of {image.Format}, not 3 of uchar", nameof(image));
        _width = image.Width;
        var bytes = _width * rows * Bands;
        _pixels = ArrayPool<byte>.Shared.Rent(bytes + ExtraBytes);
        _pin = _pixels.AsMemory().Pin();
        try
        {
            _memory = Image.NewFromMemory((nint)_pin.Pointer, (ulong)bytes, _width, rows, Bands, Enums.BandFormat.Uchar);
            _source = Region.New(image);
            _target = Region.New(_memory);
            if (VipsNative.AttachRegion(_target, new VipsRectangle(0, 0, _width, rows)) != 0) throw new VipsException("strip");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Reads rows.</summary>
    /// <param name="top">First row. Rows are read from top to bottom, because loaders decode in this order.</param>
    /// <param name="rows">Number of rows.</param>
    /// <exception cref="VipsException">A loader or an operation failed.</exception>
    internal void Read(int top, int rows)
    {
        if (VipsNative.ComputeInto(_source, _target, new VipsRectangle(0, top, _width, rows), 0, 0) != 0) throw new VipsException("read");
    }

    /// <summary>A row of the last read, counted from its first, and one extra byte.</summary>
    internal ReadOnlySpan<byte> Row(int row) => _pixels.AsSpan(row * _width * Bands, (_width * Bands) + ExtraBytes);

    /// <summary>The first rows of the last read.</summary>
    internal ReadOnlySpan<byte> Rows(int rows) => _pixels.AsSpan(0, rows * _width * Bands);

    /// <inheritdoc/>
    public void Dispose()
    {
        // libvips must not hold the memory when it returns to the pool.
        _source?.Dispose();
        _target?.Dispose();
        _memory?.Dispose();
        _pin.Dispose();
        ArrayPool<byte>.Shared.Return(_pixels);
    }
}
