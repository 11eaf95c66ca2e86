namespace ImageSearch.Grains.Imports;

/// <summary>The share of the machines that imports use.</summary>
public sealed record ImportOptions
{
    /// <summary>
    /// Maximum pictures that a process embeds concurrently, over all imports. It is low to keep the latency of clients' own calls.
    /// Default: two for each processor.
    /// </summary>
    public int MaxEmbeddings { get; init; } = 2 * Environment.ProcessorCount;

    /// <summary>
    /// Maximum pictures that a process fetches or reads concurrently. Default: 8, half of the fetches of a process, which leaves the rest
    /// for clients' own URLs.
    /// </summary>
    public int MaxFetches { get; init; } = 8;

    /// <summary>Maximum pieces of an import that run concurrently, over all silos. Default: 16.</summary>
    public int MaxPieces { get; init; } = 16;

    /// <summary>How long a piece runs before others get their turn. Default: 20 seconds.</summary>
    public TimeSpan TimeSlice { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long pictures that have started may run after the slice. The sum is well below the timeout of the grain's call, 5 minutes.
    /// Default: 2 minutes.
    /// </summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Delay before a failed step is retried. Default: one second.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the claim of the process that runs an import lasts unless it is renewed. Default: 12 seconds.</summary>
    public TimeSpan ClaimDuration { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>
    /// How long a list may be incomplete without news of the process that receives it, which tells that it lives more often. Default: one
    /// minute.
    /// </summary>
    public TimeSpan ReceiverTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an ended import is kept. Default: 7 days.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a client may take to send a list; an incomplete one is removed afterwards. Default: one day.</summary>
    public TimeSpan ReceiveTimeout { get; init; } = TimeSpan.FromDays(1);
}
