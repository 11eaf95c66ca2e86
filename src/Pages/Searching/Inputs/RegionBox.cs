using System.Globalization;
using ImageSearch.Client.Search;

namespace ImageSearch.Pages.Searching.Inputs;

/// <summary>A part of a picture, in shares of its width and height.</summary>
/// <param name="X1">The left edge.</param>
/// <param name="Y1">The upper edge.</param>
/// <param name="X2">The right edge.</param>
/// <param name="Y2">The lower edge.</param>
public readonly record struct RegionBox(double X1, double Y1, double X2, double Y2)
{
    /// <summary>Minimum width and height.</summary>
    public const double MinSide = 0.02;

    /// <summary>All of the picture.</summary>
    public static readonly RegionBox Whole = new(0, 0, 1, 1);

    /// <summary>The box of a region in shares; null for one that is in pixels, or none.</summary>
    public static RegionBox? Of(Region? region) =>
        region is { Unit: "share" } box ? new RegionBox(box.X1, box.Y1, box.X2, box.Y2).Inside() : null;

    /// <summary>The box with its edges in order, inside the picture, and not too small. Numbers may come from a browser.</summary>
    public RegionBox Inside()
    {
        var (left, right) = Side(X1, X2);
        var (top, bottom) = Side(Y1, Y2);
        return new RegionBox(left, top, right, bottom);
    }

    /// <summary>The region as the service takes it.</summary>
    public Region ToRegion() => Region.Shares(X1, Y1, X2, Y2);

    /// <summary>Where the box is in an element that has the picture's size.</summary>
    public string ToStyle() => string.Create(
        CultureInfo.InvariantCulture,
        $"left:{X1 * 100:0.###}%;top:{Y1 * 100:0.###}%;width:{(X2 - X1) * 100:0.###}%;height:{(Y2 - Y1) * 100:0.###}%");

    private static (double Low, double High) Side(double a, double b)
    {
        var low = Share(Math.Min(a, b));
        var high = Share(Math.Max(a, b));
        if (high - low >= MinSide) return (low, high);
        low = Math.Min(low, 1 - MinSide);
        return (low, low + MinSide);
    }

    private static double Share(double value) => double.IsFinite(value) ? Math.Clamp(value, 0, 1) : 0;
}
