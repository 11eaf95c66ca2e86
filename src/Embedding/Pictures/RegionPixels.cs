namespace ImageSearch.Embedding.Pictures;

/// <summary>A region in the pixels of its picture.</summary>
/// <param name="Box">The box in the upright picture; null for the whole picture.</param>
internal sealed record RegionPixels(PixelBox? Box)
{
    // 0.55 * 100 is greater than 55.
    private const double Rounding = 1e-6;

    private static readonly RegionPixels Whole = new((PixelBox?)null);

    /// <summary>Converts a region to whole pixels: all that it touches. One that covers the picture is none.</summary>
    /// <returns>The box, or why the region is not a part of the picture.</returns>
    internal static Result<RegionPixels> Of(PictureRegion? region, PictureHeader header)
    {
        if (region is null) return Whole;
        if (region.Check(header.Width, header.Height) is { } failure) return failure;
        var (x, y) = region.IsShare ? (header.Width, header.Height) : (1, 1);
        var box = new PixelBox(
            (int)Math.Floor((region.X1 * x) + Rounding),
            (int)Math.Floor((region.Y1 * y) + Rounding),
            Math.Min(header.Width, (int)Math.Ceiling((region.X2 * x) - Rounding)),
            Math.Min(header.Height, (int)Math.Ceiling((region.Y2 * y) - Rounding)));
        return box.Width == header.Width && box.Height == header.Height ? Whole : new RegionPixels(box);
    }

    /// <summary>A box in shares of the upright picture.</summary>
    internal static MainObjectBox Shares(PixelBox box, PictureHeader header) => new(
        (double)box.Left / header.Width, (double)box.Top / header.Height, (double)box.Right / header.Width, (double)box.Bottom / header.Height);
}
