using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.MySql.Pictures;

/// <summary>
/// What kept pictures take in a packet. The server refuses a longer packet than its max_allowed_packet, and a row must not fail because of
/// what is kept with it: a file that does not fit is left out, the original first.
/// </summary>
internal static class PacketSize
{
    // Names, numbers, media type and tag.
    private const int BytesOfColumns = 256;

    // The statement around the row.
    private const int BytesOfStatement = 64 * 1024;

    /// <summary>Bytes of pictures in a packet. The driver writes an escape before quotes, backslashes and zeros.</summary>
    public static long Of(IReadOnlyList<EncodedKept> kept)
    {
        var size = 0L;
        foreach (var picture in kept)
        {
            var bytes = picture.Bytes.AsSpan();
            size += BytesOfColumns + bytes.Length + bytes.Count((byte)'\'') + bytes.Count((byte)'\\') + bytes.Count((byte)0);
        }

        return size;
    }

    /// <summary>The pictures that fit.</summary>
    /// <param name="kept">The pictures, in the order of <see cref="PictureKind"/>.</param>
    /// <param name="others">Bytes of the rest of the row.</param>
    /// <param name="maxPacket">The greatest packet of the server, in bytes.</param>
    public static IReadOnlyList<EncodedKept> Fitting(IReadOnlyList<EncodedKept> kept, long others, long maxPacket)
    {
        while (kept.Count > 0 && others + BytesOfStatement + Of(kept) > maxPacket) kept = [.. kept.Take(kept.Count - 1)];
        return kept;
    }
}
