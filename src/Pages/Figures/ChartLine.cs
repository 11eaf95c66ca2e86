using System.Globalization;
using System.Text;

namespace ImageSearch.Pages.Figures;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Points">Its values over time, oldest first; null where there is none.</param>
public sealed record ChartLine(string Name, IReadOnlyList<(DateTimeOffset Time, double? Value)> Points)
{
    /// <summary>The span of a chart.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromHours(1);

    // More than two intervals between two points are a gap.
    private static readonly TimeSpan MaxStep = TimeSpan.FromSeconds(25);

    /// <summary>The present value.</summary>
    public double? Last => Points.Count == 0 ? null : Points[^1].Value;

    /// <summary>The highest value; 0 for none.</summary>
    public double Max => Points.Max(point => point.Value) ?? 0;

    /// <summary>The line as the path of an SVG of a given size, whose right edge is the newest point.</summary>
    /// <param name="width">The width.</param>
    /// <param name="height">The height.</param>
    /// <param name="top">The value at the upper edge.</param>
    public string PathIn(double width, double height, double top)
    {
        var path = new StringBuilder();
        DateTimeOffset? before = null;
        foreach (var (time, value) in Points)
        {
            if (value is not { } there)
            {
                before = null;
                continue;
            }

            var x = width * (1 - ((Points[^1].Time - time) / Span));
            var y = height * (1 - (there / top));
            if (time - before < MaxStep) path.Append(CultureInfo.InvariantCulture, $"L{x:0.#} {y:0.#}");
            // A line of no length is drawn as a dot: a value between two gaps is seen too.
            else path.Append(CultureInfo.InvariantCulture, $"M{x:0.#} {y:0.#}h0");
            before = time;
        }

        return path.ToString();
    }

    /// <summary>The smallest round number that is not below a value: 1, 2 or 5 times a power of ten.</summary>
    public static double RoundUp(double value)
    {
        if (value <= 0) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return (value / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }
}
