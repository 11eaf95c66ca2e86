namespace ImageSearch.Grains.Search;

/// <summary>
/// Limits the scans of whole tables in this process. A scan reads page after page, 5 s for a million rows: more of them at a time would
/// leave the catalog's readers little time for other reads.
/// </summary>
public sealed class TableScans : IDisposable
{
    /// <summary>Maximum number of concurrent scans.</summary>
    public const int MaxConcurrent = 2;

    // Waiters get their turn in the order in which they came.
    private readonly SemaphoreSlim _slots = new(MaxConcurrent);

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    /// <summary>Waits for its turn and scans.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<T> RunAsync<T>(Func<Task<T>> scan, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            return await scan();
        }
        finally
        {
            _slots.Release();
        }
    }
}
