namespace ImageSearch.Client.Search;

/// <summary>One of several searches.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Query">The search.</param>
public sealed record TableQuery(string Table, SearchQuery Query);
