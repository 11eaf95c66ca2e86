namespace ImageSearch.Client.Figures;

/// <summary>The figures of a process over the last hour.</summary>
public sealed record ServiceFigures
{
    /// <summary>Seconds between two samples.</summary>
    public int IntervalSeconds { get; init; }

    /// <summary>The samples, oldest first; none in the first seconds of the process.</summary>
    public IReadOnlyList<FigureSample> Samples { get; init; } = [];
}
