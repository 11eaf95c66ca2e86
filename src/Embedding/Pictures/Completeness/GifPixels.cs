using ImageSearch.Embedding.Pictures.Structure;

namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>
/// Counts the pixels for which the first frame of a GIF, the one that is decoded, has data. The decoder fills in missing pixels without a
/// warning.
/// </summary>
internal static class GifPixels
{
    private const int MaxCodes = 4096;

    /// <summary>Checks whether the first frame is complete.</summary>
    /// <param name="file">The file.</param>
    /// <returns>
    /// Null if it is, otherwise the reason: <see cref="FailureCode.PictureTruncated"/> or <see cref="FailureCode.PictureCorrupt"/>.
    /// </returns>
    internal static FailureCode? Missing(ReadOnlySpan<byte> file)
    {
        if (file.Length < GifBlocks.HeaderLength) return FailureCode.PictureTruncated;
        var at = GifBlocks.First(file);
        while (at < file.Length && file[at] == GifBlocks.Extension) at = GifBlocks.SubBlocksEnd(file, at + 2);
        if (at + GifBlocks.DescriptorLength > file.Length) return FailureCode.PictureTruncated;
        if (file[at] != GifBlocks.Image) return FailureCode.PictureCorrupt;
        long pixels = (file[at + 5] | (file[at + 6] << 8)) * (long)(file[at + 7] | (file[at + 8] << 8));
        at += GifBlocks.DescriptorLength + GifBlocks.ColourTable(file[at + 9]);
        if (at >= file.Length) return FailureCode.PictureTruncated;
        return Count(file, at, pixels, out var atEnd) >= pixels ? null : atEnd ? FailureCode.PictureTruncated : FailureCode.PictureCorrupt;
    }

    // Only the number of pixels of each LZW code is needed.
    private static long Count(ReadOnlySpan<byte> file, int at, long limit, out bool atEnd)
    {
        atEnd = false;
        var literalBits = file[at++];
        if (literalBits is < 1 or > 11) return 0;
        var (clear, end) = (1 << literalBits, (1 << literalBits) + 1);
        Span<int> lengths = stackalloc int[MaxCodes];
        lengths[..clear].Fill(1);

        long pixels = 0;
        var (next, size, previous) = (end + 1, literalBits + 1, 0);
        var (bits, filled, block) = (0u, 0, 0);
        while (pixels < limit)
        {
            for (; filled < size; filled += 8)
            {
                if (block == 0)
                {
                    atEnd = at >= file.Length;
                    if (atEnd || file[at] == 0) return pixels;
                    block = file[at++];
                }

                atEnd = at >= file.Length;
                if (atEnd) return pixels;
                bits |= (uint)file[at++] << filled;
                block--;
            }

            var code = (int)(bits & ((1u << size) - 1));
            bits >>= size;
            filled -= size;
            if (code == end) return pixels;
            if (code == clear)
            {
                (next, size, previous) = (end + 1, literalBits + 1, 0);
                continue;
            }

            if (code > next || (code == next && previous == 0)) return pixels;
            if (previous > 0 && next < MaxCodes) lengths[next++] = previous + 1;
            if (next == 1 << size && size < 12) size++;
            if (code >= next) return pixels;
            previous = lengths[code];
            pixels += previous;
        }

        return pixels;
    }
}
