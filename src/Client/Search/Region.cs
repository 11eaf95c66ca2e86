using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Client.Search;

/// <summary>A part of an upright picture, at least 8 x 8 pixels.</summary>
public sealed record Region
{
    /// <summary>The left edge.</summary>
    [JsonPropertyName("x1")]
    public double X1 { get; init; }

    /// <summary>The upper edge.</summary>
    [JsonPropertyName("y1")]
    public double Y1 { get; init; }

    /// <summary>The right edge.</summary>
    [JsonPropertyName("x2")]
    public double X2 { get; init; }

    /// <summary>The lower edge.</summary>
    [JsonPropertyName("y2")]
    public double Y2 { get; init; }

    /// <summary><c>pixel</c>, the default, or <c>share</c>: of the width and height.</summary>
    public string Unit { get; init; } = "pixel";

    /// <summary>A region in pixels.</summary>
    /// <param name="x1">The left edge.</param>
    /// <param name="y1">The upper edge.</param>
    /// <param name="x2">The right edge.</param>
    /// <param name="y2">The lower edge.</param>
    public static Region Pixels(double x1, double y1, double x2, double y2) => new() { X1 = x1, Y1 = y1, X2 = x2, Y2 = y2 };

    /// <summary>A region in shares of the width and height, 0 to 1.</summary>
    /// <param name="x1">The left edge.</param>
    /// <param name="y1">The upper edge.</param>
    /// <param name="x2">The right edge.</param>
    /// <param name="y2">The lower edge.</param>
    public static Region Shares(double x1, double y1, double x2, double y2) => Pixels(x1, y1, x2, y2) with { Unit = "share" };

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("x1", X1);
        json.WriteNumber("y1", Y1);
        json.WriteNumber("x2", X2);
        json.WriteNumber("y2", Y2);
        json.WriteString("unit", Unit);
    }
}
