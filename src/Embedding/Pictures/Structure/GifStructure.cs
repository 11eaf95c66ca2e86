using ImageSearch.Memory;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>Reduces a GIF to its first picture. A decoder reads the offsets of all pictures: 1.2 million took 73 MB.</summary>
internal static class GifStructure
{
    /// <summary>Walks the blocks up to the end of the first picture.</summary>
    /// <param name="file">The file.</param>
    /// <param name="maxDropped">See <see cref="FileParts"/>.</param>
    /// <param name="copy">
    /// The first picture alone, if more follows it or if other extensions than its graphic control precede it; otherwise null.
    /// </param>
    internal static Failure? Reduce(ReadOnlySpan<byte> file, int maxDropped, out PictureBuffer? copy)
    {
        copy = null;
        if (file.Length < GifBlocks.HeaderLength) return null;
        var parts = new FileParts(maxDropped);
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
