namespace ImageSearch.Embedding.Pictures;

/// <summary>How much a loader shrinks a picture while it decodes, which saves most of the decoding.</summary>
/// <param name="JpegDivisor">1, 2, 4 or 8: the inverse transform of JPEG computes fewer values per block.</param>
/// <param name="WebPScale">Above 0, at most 1.</param>
internal readonly record struct LoadShrink(int JpegDivisor, double WebPScale)
{
    /// <summary>
    /// The resolution that must remain for resampling, in source pixels per result pixel: loaders shrink by averaging, which blurs or
    /// aliases close to the size of the result. Measured on 15 photographs of 1 to 8 megapixels, as mean and minimum cosine to the vector
    /// from all pixels: 3 gives 0.9998 and 0.9994; 2 gives 0.9993 and 0.998; 1 gives 0.9955 and 0.98 and saves another tenth of the time.
    /// </summary>
    private const double MinOversampling = 2;

    /// <summary>No shrink.</summary>
    internal static LoadShrink None => new(1, 1);

    /// <summary>Returns the greatest shrink that leaves enough pixels.</summary>
    /// <param name="from">Size of the part that is decoded.</param>
    /// <param name="to">Size of the result.</param>
    internal static LoadShrink For((int Width, int Height) from, (int Width, int Height) to)
    {
        var spare = Math.Min((double)from.Width / to.Width, (double)from.Height / to.Height) / MinOversampling;
        var divisor = spare >= 8 ? 8 : spare >= 4 ? 4 : spare >= 2 ? 2 : 1;
        return new LoadShrink(divisor, spare > 1 ? 1 / spare : 1);
    }
}
