namespace ImageSearch.Client.Figures;

/// <summary>The times of searches by stage; null for a stage that no search of the interval had.</summary>
public sealed record StageTimes
{
    /// <summary>The picture is loaded.</summary>
    public Percentiles? Fetch { get; init; }

    /// <summary>The picture becomes a vector.</summary>
    public Percentiles? Embed { get; init; }

    /// <summary>The catalog finds the rows that match a filter.</summary>
    public Percentiles? Filter { get; init; }

    /// <summary>The index finds the nearest rows.</summary>
    public Percentiles? Vectors { get; init; }

    /// <summary>The catalog reads rows.</summary>
    public Percentiles? Catalog { get; init; }

    /// <summary>The whole request over any API.</summary>
    public Percentiles? All { get; init; }
}
