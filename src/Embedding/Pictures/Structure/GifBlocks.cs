namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>The blocks that a GIF is made of.</summary>
internal static class GifBlocks
{
    /// <summary>Bytes before the global colour table; the last but two are its flags.</summary>
    internal const int HeaderLength = 13;

    /// <summary>Bytes of a picture's descriptor, the last of which are the flags of its own colour table.</summary>
    internal const int DescriptorLength = 10;

    internal const byte Image = 0x2C;
    internal const byte Extension = 0x21;
    internal const byte GraphicControl = 0xF9;
    internal const byte Trailer = 0x3B;

    /// <summary>The place of the first block; it may lie behind the end of the file, which has a whole header.</summary>
    internal static int First(ReadOnlySpan<byte> file) => HeaderLength + ColourTable(file[10]);

    /// <summary>Bytes of a colour table, told by the flags before it.</summary>
    internal static int ColourTable(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    /// <summary>The place behind a run of sub-blocks; the end of the file where it lacks its terminator.</summary>
    internal static int SubBlocksEnd(ReadOnlySpan<byte> file, int at)
    {
        while (at < file.Length && file[at] != 0) at += file[at] + 1;
        return Math.Min(at + 1, file.Length);
    }
}
