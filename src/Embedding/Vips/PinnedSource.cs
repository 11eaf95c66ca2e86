using System.Runtime.CompilerServices;
using NetVips;

namespace ImageSearch.Embedding.Vips;

/// <summary>Gives libvips a file's bytes in place.</summary>
internal static class PinnedSource
{
    /// <summary>Wraps bytes that stay where they are until the last picture made of them is disposed of.</summary>
    /// <exception cref="VipsException">libvips has no memory.</exception>
    internal static unsafe Source Of(ReadOnlySpan<byte> pinned)
    {
        nint source;
        fixed (byte* data = pinned) source = VipsNative.NewSource(data, (nuint)pinned.Length);
        return source == 0 ? throw new VipsException("source") : Wrap(source);
    }

    // NetVips' own ways to a source either copy the bytes or pin an array from its first byte to its last; fetched pictures fill theirs in part.
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern Source Wrap(nint pointer);
}
