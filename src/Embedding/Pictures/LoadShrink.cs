namespace ImageSearch.Embedding.Pictures;

/// <summary>How much a loader shrinks a picture while it decodes, which saves most of the decoding.</summary>
/// <param name="JpegDivisor">1, 2, 4 or 8: the inverse transform of JPEG computes fewer values per block.</param>
/// <param name="WebPScale">Above 0, at most 1.</param>
internal readonly record struct LoadShrink(int JpegDivisor, double WebPScale)
{
    /// <summary>No shrink.</summary>
    internal static LoadShrink None => new(1, 1);

    /// <summary>Returns the greatest shrink that leaves enough pixels.</summary>
    /// <param name="from">Size of the part that is decoded.</param>
    /// <param name="to">Size of the result.</param>
    /// <param name="minOversampling">Pixels per result pixel and axis that must remain: loaders shrink by averaging, which blurs or aliases
    /// close to the size of the result.</param>
    internal static LoadShrink For((int Width, int Height) from, (int Width, int Height) to, double minOversampling)
    {
        var spare = Math.Min((double)from.Width / to.Width, (double)from.Height / to.Height) / minOversampling;
        var divisor = spare >= 8 ? 8 : spare >= 4 ? 4 : spare >= 2 ? 2 : 1;
        return new LoadShrink(divisor, spare > 1 ? 1 / spare : 1);
    }
}
