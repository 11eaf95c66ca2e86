namespace ImageSearch.Client.Search;

/// <summary>What a picture of a search shows.</summary>
public sealed record Detected
{
    /// <summary>The width of the upright picture in pixels.</summary>
    public int Width { get; init; }

    /// <summary>Its height in pixels.</summary>
    public int Height { get; init; }

    /// <summary>Where its main object is, as <see cref="Example.Region"/> takes it; null if it has none.</summary>
    public Region? MainObject { get; init; }
}
