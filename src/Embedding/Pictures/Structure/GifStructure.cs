using ImageSearch.Memory;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>The blocks of a GIF. Only the first picture is looked at, but a decoder reads the places of all: 1.2 million took 73 MB.</summary>
internal static class GifStructure
{
    /// <summary>Walks the file's blocks up to the end of its first picture.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mostDropped">See <see cref="FileParts"/>.</param>
    /// <param name="copy">The first picture alone, where more follows it or more than its control stands before it.</param>
    internal static Failure? Reduce(ReadOnlySpan<byte> file, int mostDropped, out PictureBuffer? copy)
    {
        copy = null;
        if (file.Length < GifBlocks.HeaderLength) return null;
        var parts = new FileParts(mostDropped);
        var at = GifBlocks.First(file);
        if (at > file.Length) return null;
        parts.Keep(0, at);
        var control = (Start: 0, Length: 0);
        while (at + 2 <= file.Length && file[at] == GifBlocks.Extension)
        {
            var end = GifBlocks.SubBlocksEnd(file, at + 2);
            if (file[at + 1] == GifBlocks.GraphicControl) control = (at, end - at);
            else parts.Drop();
            at = end;
        }

        if (at + GifBlocks.DescriptorLength > file.Length || file[at] != GifBlocks.Image) return null;
        var data = at + GifBlocks.DescriptorLength + GifBlocks.ColourTable(file[at + 9]) + 1;
        var last = GifBlocks.SubBlocksEnd(file, Math.Min(data, file.Length));
        var alone = last >= file.Length || file[last] == GifBlocks.Trailer;
        if (alone && parts.Dropped == 0) return null;
        parts.Keep(control.Start, control.Length);
        parts.Keep(at, last - at);
        copy = parts.Join(file, spare: 1);
        FileParts.Append(copy, [GifBlocks.Trailer]);
        return null;
    }
}
