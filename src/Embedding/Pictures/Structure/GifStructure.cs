namespace ImageSearch.Embedding.Pictures;

/// <summary>The blocks of a GIF. Only the first picture is looked at, but a decoder reads the places of all: 1.2 million took 73 MB.</summary>
internal static class GifStructure
{
    private const int Header = 13;
    private const int DescriptorLength = 10;
    private const byte Image = 0x2C;
    private const byte Extension = 0x21;
    private const byte GraphicControl = 0xF9;
    private const byte Trailer = 0x3B;

    /// <summary>Walks the file's blocks up to the end of its first picture.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mostDropped">See <see cref="FileParts"/>.</param>
    /// <param name="copy">The first picture alone, where more follows it or more than its control stands before it.</param>
    internal static Failure? Reduce(ReadOnlySpan<byte> file, int mostDropped, out PictureBuffer? copy)
    {
        copy = null;
        if (file.Length < Header) return null;
        var parts = new FileParts(mostDropped);
        var at = Header + ColourTable(file[10]);
        if (at > file.Length) return null;
        parts.Keep(0, at);
        var control = (Start: 0, Length: 0);
        while (at + 2 <= file.Length && file[at] == Extension)
        {
            var end = SubBlocks(file, at + 2);
            if (file[at + 1] == GraphicControl) control = (at, end - at);
            else parts.Drop();
            at = end;
        }

        if (at + DescriptorLength > file.Length || file[at] != Image) return null;
        var last = SubBlocks(file, Math.Min(at + DescriptorLength + ColourTable(file[at + 9]) + 1, file.Length));
        var alone = last >= file.Length || file[last] == Trailer;
        if (alone && parts.Dropped == 0) return null;
        parts.Keep(control.Start, control.Length);
        parts.Keep(at, last - at);
        copy = parts.Join(file, spare: 1);
        FileParts.Append(copy, [Trailer]);
        return null;
    }

    /// <summary>Bytes of a colour table, told by the flags before it.</summary>
    private static int ColourTable(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    /// <summary>The place behind a run of sub-blocks; the end of the file where it lacks its terminator.</summary>
    private static int SubBlocks(ReadOnlySpan<byte> file, int at)
    {
        while (at < file.Length && file[at] != 0) at += file[at] + 1;
        return Math.Min(at + 1, file.Length);
    }
}
