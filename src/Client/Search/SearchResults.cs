namespace ImageSearch.Client.Search;

/// <summary>The results of several searches.</summary>
internal sealed record SearchResults
{
    public IReadOnlyList<SearchResult> Results { get; init; } = [];
}
