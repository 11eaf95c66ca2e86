namespace ImageSearch.Grains;

/// <summary>
/// The places for pictures of imports in this process. The semaphores are not disposed: they hold nothing that needs it, and one that is
/// disposed under waiters never wakes them.
/// </summary>
#pragma warning disable CA1001
public sealed class ImportLanes(ImportOptions options)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _places = new(options.PicturesAtATime);
    private readonly SemaphoreSlim _fetches = new(options.FetchesAtATime);

    /// <summary>Does a picture's work when there is a place.</summary>
    /// <param name="work">The work.</param>
    /// <param name="waiting">Ends the wait, not the work.</param>
    internal Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken waiting) => RunAsync(_places, work, waiting);

    /// <summary>Fetches when there is a place for that too; clients' own calls need the others.</summary>
    internal Task<T> FetchAsync<T>(Func<Task<T>> fetch, CancellationToken waiting) => RunAsync(_fetches, fetch, waiting);

    private static async Task<T> RunAsync<T>(SemaphoreSlim places, Func<Task<T>> work, CancellationToken waiting)
    {
        await places.WaitAsync(waiting);
        try
        {
            return await work();
        }
        finally
        {
            places.Release();
        }
    }
}
