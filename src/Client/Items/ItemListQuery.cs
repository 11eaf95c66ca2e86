using ImageSearch.Client.Json;

namespace ImageSearch.Client.Items;

/// <summary>Which items a list has, and in which order.</summary>
public sealed record ItemListQuery
{
    /// <summary>Only items that match (docs/filters.md): <c>price &lt; 10</c>.</summary>
    public string? Filter { get; init; }

    /// <summary>id (default), created, modified, key, product_id or an indexed attribute, with <c> desc</c> for the greatest first.</summary>
    public string? OrderBy { get; init; }

    /// <summary>Items of a page, which is one request: 1 to 1000, default 100.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>The fields to return; null for all. The id always is.</summary>
    public IReadOnlyCollection<string>? Fields { get; init; }

    /// <summary>Whether items have their vectors.</summary>
    public bool WithVectors { get; init; }

    internal Members ToMembers() => new Members()
        .Add("filter", Filter).Add("order_by", OrderBy).Add("limit", PageSize).AddList("fields", Fields).AddFlag("vector", WithVectors);
}
