using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Inference;

/// <summary>
/// Finds the main object of a picture in the network's saliency map. Uses float32 and double exactly where the reference (NumPy) does, to
/// find the same box.
/// </summary>
internal static class SaliencyBox
{
    /// <summary>Returns the box; null if the picture has no main object, or if the object fills it.</summary>
    /// <param name="map">The network's output: rows of cells over the letterboxed input.</param>
    /// <param name="spec">The size of the map and the rule for the box.</param>
    /// <param name="input">The network's input, square and letterboxed.</param>
    /// <param name="width">Columns of the upright picture.</param>
    /// <param name="height">Rows of the upright picture.</param>
    internal static PixelBox? Find(ReadOnlySpan<float> map, SaliencySpec spec, InputSpec input, int width, int height)
    {
        var peak = SaliencyComponents.Peak(map);
        if (!(peak >= (float)spec.Box.MinPeak)) return null;
        var cells = SaliencyComponents.BoxOfHeavy(map, spec.Grid, (float)spec.Box.RelativeThreshold * peak, (float)spec.Box.KeepComponentMass);
        return cells is { } box ? ToPicture(box, spec, input, width, height) : null;
    }

    private static PixelBox? ToPicture(PixelBox cells, SaliencySpec spec, InputSpec input, int width, int height)
    {
        var rule = spec.Box;
        var placement = Placement.Of(input, width, height);
        var cell = (double)input.Width / spec.Grid;
        var (x0, x1) = Grow((cells.Left * cell) - placement.Left, (cells.Right * cell) - placement.Left, rule.Margin, placement.ScaledWidth);
        var (y0, y1) = Grow((cells.Top * cell) - placement.Top, (cells.Bottom * cell) - placement.Top, rule.Margin, placement.ScaledHeight);
        if (x1 <= x0 || y1 <= y0) return null;
        if (Math.Max(x1 - x0, y1 - y0) < rule.MinSide * Math.Max(placement.ScaledWidth, placement.ScaledHeight)) return null;
        if ((x1 - x0) * (y1 - y0) > rule.MaxArea * placement.ScaledWidth * placement.ScaledHeight) return null;

        var (scaleX, scaleY) = ((double)width / placement.ScaledWidth, (double)height / placement.ScaledHeight);
        return new PixelBox(
            (int)Math.Floor(x0 * scaleX),
            (int)Math.Floor(y0 * scaleY),
            Math.Min(width, (int)Math.Ceiling(x1 * scaleX)),
            Math.Min(height, (int)Math.Ceiling(y1 * scaleY)));
    }

    private static (double From, double To) Grow(double from, double to, double margin, int limit)
    {
        var by = margin * (to - from);
        return (Math.Max(0, from - by), Math.Min(limit, to + by));
    }
}
