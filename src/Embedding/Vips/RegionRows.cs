using NetVips;

namespace ImageSearch.Embedding.Vips;

/// <summary>Reads pixels of a picture through a region, on the thread that created the region.</summary>
internal static class RegionRows
{
    /// <summary>Computes rows and copies them.</summary>
    /// <param name="region">The region.</param>
    /// <param name="top">First row. Rows are read from top to bottom, because loaders decode in this order.</param>
    /// <param name="width">Columns, from the first.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixels">Receives the rows; has exactly their size.</param>
    /// <exception cref="VipsException">A loader or an operation failed.</exception>
    internal static unsafe void Read(this Region region, int top, int width, int height, Span<byte> pixels)
    {
        var fetched = VipsNative.FetchRegion(region, 0, top, width, height, out var length);
        if (fetched == 0) throw new VipsException("read");
        try
        {
            if (length != (nuint)pixels.Length)
                throw new InvalidOperationException($"libvips gave {length} bytes where {pixels.Length} were expected");
            new ReadOnlySpan<byte>((void*)fetched, pixels.Length).CopyTo(pixels);
        }
        finally
        {
            NetVips.NetVips.Free(fetched);
        }
    }
}
