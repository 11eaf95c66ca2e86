namespace ImageSearch.Grains.Reembedding;

/// <summary>How tables' models are changed.</summary>
public sealed record ReembedOptions
{
    /// <summary>Pictures of a table that are loaded and embedded concurrently. Default: two for each processor.</summary>
    public int MaxPictures { get; init; } = 2 * Environment.ProcessorCount;

    /// <summary>How often a picture is tried whose host does not answer. Default: 3.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Delay before a failed step is tried again. Default: one second.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Changes that a process runs concurrently; the others wait. Default: 2.</summary>
    public int MaxRunning { get; init; } = 2;

    /// <summary>Delay before the vectors are tried to be replaced again, because rows came meanwhile. Default: 50 milliseconds.</summary>
    public TimeSpan SwitchDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Rows that may be left to embed when the table's calls begin to wait for the new vectors. Default: 16, about 0.2 s.</summary>
    public int MaxRowsOfSwitch { get; init; } = 16;
}
