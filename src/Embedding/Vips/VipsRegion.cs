using System.Runtime.InteropServices;

namespace ImageSearch.Embedding.Vips;

/// <summary>A window through which the calling thread computes and reads a picture's pixels. Used by the thread that made it.</summary>
internal sealed class VipsRegion : SafeHandle
{
    internal VipsRegion(VipsImage image)
        : base(0, ownsHandle: true)
    {
        SetHandle(VipsNative.NewRegion(image.DangerousGetHandle()));
        GC.KeepAlive(image);
        if (IsInvalid) throw VipsException.After("region");
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Computes rows and copies them.</summary>
    /// <param name="left">First column.</param>
    /// <param name="top">First row; rows are read from top to bottom, for loaders decode in that order.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixels">Takes the rows one after the other; exactly their size.</param>
    /// <exception cref="VipsException">A loader or an operation failed.</exception>
    internal unsafe void Read(int left, int top, int width, int height, Span<byte> pixels)
    {
        var fetched = VipsNative.FetchRegion(handle, left, top, width, height, out var length);
        if (fetched is null) throw VipsException.After("read");
        try
        {
            if (length != (nuint)pixels.Length)
                throw new InvalidOperationException($"libvips gave {length} bytes where {pixels.Length} were expected");
            new ReadOnlySpan<byte>(fetched, pixels.Length).CopyTo(pixels);
        }
        finally
        {
            VipsNative.Free(fetched);
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        VipsNative.Release(handle);
        return true;
    }
}
