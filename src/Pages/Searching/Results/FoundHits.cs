using ImageSearch.Client.Search;
using ImageSearch.Pages.Searching.Inputs;

namespace ImageSearch.Pages.Searching.Results;

/// <summary>What a search found so far, page by page.</summary>
/// <param name="Table">The table.</param>
/// <param name="Subject">What was searched by.</param>
/// <param name="Options">How it was searched.</param>
/// <param name="Hits">The hits of all pages that were read.</param>
/// <param name="NextCursor">The cursor of the next page; null if there is none.</param>
/// <param name="Plan">How the last page was found.</param>
/// <param name="Total">The time of the call for the last page.</param>
public sealed record FoundHits(
    string Table, SearchSubject Subject, SearchOptions Options, IReadOnlyList<Hit> Hits, string? NextCursor, SearchPlan? Plan, TimeSpan Total)
{
    /// <summary>The width of the picture by its height; null if it is not known.</summary>
    public double? AspectRatio { get; init; }

    /// <summary>Where the main object of the picture is; null if it has none, or was not looked for.</summary>
    public RegionBox? MainObject { get; init; }
}
