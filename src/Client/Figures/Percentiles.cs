namespace ImageSearch.Client.Figures;

/// <summary>Percentiles of durations in milliseconds.</summary>
public sealed record Percentiles
{
    /// <summary>The median.</summary>
    public double P50 { get; init; }

    /// <summary>The 99th percentile.</summary>
    public double P99 { get; init; }
}
