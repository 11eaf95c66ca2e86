namespace ImageSearch.Client.Figures;

/// <summary>The figures of a process at one moment, and over the interval before it.</summary>
public sealed record FigureSample
{
    /// <summary>The end of the interval.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Pictures stored per second.</summary>
    public double AddsPerSecond { get; init; }

    /// <summary>Searches per second.</summary>
    public double SearchesPerSecond { get; init; }

    /// <summary>The times of searches by stage.</summary>
    public StageTimes SearchMs { get; init; } = new();

    /// <summary>Pictures that wait to be embedded.</summary>
    public long Queue { get; init; }

    /// <summary>Calls refused because the service was busy or their callers too fast.</summary>
    public long Refused { get; init; }

    /// <summary>The process's memory.</summary>
    public long WorkingSetBytes { get; init; }

    /// <summary>The part of it that .NET's objects take.</summary>
    public long ManagedBytes { get; init; }

    /// <summary>Rows that the index lacks.</summary>
    public long WaitingRows { get; init; }

    /// <summary>What all files on the service's disk take; null if it can't be read.</summary>
    public long? DiskUsedBytes { get; init; }

    /// <summary>The free space of the disk; null if it can't be read.</summary>
    public long? DiskFreeBytes { get; init; }
}
