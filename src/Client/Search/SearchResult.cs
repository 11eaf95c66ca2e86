using ImageSearch.Client.Problems;

namespace ImageSearch.Client.Search;

/// <summary>The result of one of several searches: an answer or a problem.</summary>
public sealed record SearchResult
{
    /// <summary>The HTTP status that the search alone would have.</summary>
    public int Status { get; init; }

    /// <summary>The answer; null if it failed.</summary>
    public SearchAnswer? Result { get; init; }

    /// <summary>Why it failed; null if it succeeded.</summary>
    public Problem? Problem { get; init; }
}
