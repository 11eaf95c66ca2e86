namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>The blocks of a GIF.</summary>
internal static class GifBlocks
{
    /// <summary>Bytes before the global color table; byte 10 has its flags.</summary>
    internal const int HeaderLength = 13;

    /// <summary>Bytes of an image descriptor; the last byte has the flags of the local color table.</summary>
    internal const int DescriptorLength = 10;

    internal const byte Image = 0x2C;
    internal const byte Extension = 0x21;
    internal const byte GraphicControl = 0xF9;
    internal const byte Trailer = 0x3B;

    /// <summary>
    /// Returns the offset of the first block, which may be beyond the end of the file. The file must have a whole header.
    /// </summary>
    internal static int First(ReadOnlySpan<byte> file) => HeaderLength + ColourTable(file[10]);

    /// <summary>Returns the bytes of a color table from its flags.</summary>
    internal static int ColourTable(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    /// <summary>Returns the offset after a run of sub-blocks; the end of the file if the terminator is missing.</summary>
    internal static int SubBlocksEnd(ReadOnlySpan<byte> file, int at)
    {
        while (at < file.Length && file[at] != 0) at += file[at] + 1;
        return Math.Min(at + 1, file.Length);
    }
}
