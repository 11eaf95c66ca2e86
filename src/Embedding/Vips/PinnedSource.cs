using System.Runtime.CompilerServices;
using NetVips;

namespace ImageSearch.Embedding.Vips;

/// <summary>Gives libvips access to a file's bytes without a copy.</summary>
internal static class PinnedSource
{
    /// <summary>Wraps bytes that stay pinned until the last picture created from them is disposed of.</summary>
    /// <exception cref="VipsException">libvips is out of memory.</exception>
    internal static unsafe Source Of(ReadOnlySpan<byte> pinned)
    {
        nint source;
        fixed (byte* data = pinned) source = VipsNative.NewSource(data, (nuint)pinned.Length);
        return source == 0 ? throw new VipsException("source") : Wrap(source);
    }

    // NetVips creates a source by copying the bytes or by pinning a whole array; the buffer of a fetched picture is only partly filled.
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern Source Wrap(nint pointer);
}
