namespace ImageSearch.Embedding.Pictures.Thumbnails;

/// <summary>The size of a thumbnail.</summary>
internal static class ThumbnailSize
{
    /// <summary>
    /// The size in the stored orientation, with the proportions of the picture. It is never larger than the rows that are read, which a
    /// loader may have shrunk.
    /// </summary>
    /// <param name="stored">The picture.</param>
    /// <param name="read">The rows that are read.</param>
    internal static (int Width, int Height) Of((int Width, int Height) stored, (int Width, int Height) read)
    {
        var side = Math.Min(KeptPictures.MaxThumbnailSide, Math.Max(read.Width, read.Height));
        var scale = (double)side / Math.Max(stored.Width, stored.Height);
        return (Scaled(stored.Width), Scaled(stored.Height));

        int Scaled(int pixels) => Math.Clamp((int)Math.Round(pixels * scale), 1, side);
    }
}
