using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Search;

// Generated code sets a member that the answer lacks to null, also if it has an initial value.

/// <summary>A page of hits.</summary>
public sealed record SearchAnswer
{
    /// <summary>What the distances are.</summary>
    public Metric Metric { get; init; }

    /// <summary>The hits, best first.</summary>
    public IReadOnlyList<Hit> Hits { get; init; } = [];

    /// <summary>The cursor of the next page; null if this is the last one.</summary>
    public string? NextCursor { get; init; }

    /// <summary>What the service changed, such as a vector that it normalised.</summary>
    public IReadOnlyList<string> Notes { get => field ?? []; init; } = [];

    /// <summary>The main object of each picture, if they were asked for.</summary>
    public IReadOnlyList<Detected> Detected { get => field ?? []; init; } = [];

    /// <summary>How the search was done, if that was asked for.</summary>
    public SearchPlan? Explain { get; init; }
}
