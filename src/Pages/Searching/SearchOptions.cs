using ImageSearch.Client.Tables;

namespace ImageSearch.Pages.Searching;

/// <summary>How to search.</summary>
public sealed record SearchOptions
{
    /// <summary>Hits of a page where nothing else is chosen.</summary>
    public const int DefaultLimit = 20;

    /// <summary>Maximum hits of a page.</summary>
    public const int MaxLimit = 100;

    /// <summary>Hits of a page.</summary>
    public int Limit { get; init; } = DefaultLimit;

    /// <summary>The smallest score of a hit; null for any.</summary>
    public double? MinScore { get; init; }

    /// <summary>The field by whose values hits are grouped; null for none.</summary>
    public string? GroupBy { get; init; }

    /// <summary>The filter; null for none.</summary>
    public string? Filter { get; init; }

    /// <summary>Whether the main object of a picture is looked for.</summary>
    public bool Detect { get; init; } = true;

    /// <summary>The rule for the main object: the table's, or off.</summary>
    public MainObjectRule? MainObject => Detect ? null : MainObjectRule.Off;
}
