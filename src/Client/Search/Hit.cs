using ImageSearch.Client.Items;

namespace ImageSearch.Client.Search;

/// <summary>An item that a search found.</summary>
public sealed record Hit : Item
{
    /// <summary>(1 + cosine) / 2: 1 for the same picture and 0.5 for unrelated ones, for every metric.</summary>
    public float? Score { get; init; }

    /// <summary>The distance in the table's metric.</summary>
    public float? Distance { get; init; }
}
