namespace ImageSearch;

/// <summary>Where the main object of a picture is, in shares of the upright picture's width and height, 0..1.</summary>
/// <param name="X1">The left edge.</param>
/// <param name="Y1">The upper edge.</param>
/// <param name="X2">The right edge.</param>
/// <param name="Y2">The lower edge.</param>
[GenerateSerializer, Immutable]
public sealed record MainObjectBox(double X1, double Y1, double X2, double Y2);
