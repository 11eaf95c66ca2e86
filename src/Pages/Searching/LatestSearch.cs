namespace ImageSearch.Pages.Searching;

/// <summary>Runs one search at a time: a new one takes the place of one that still runs.</summary>
/// <param name="closed">Ends every search.</param>
internal sealed class LatestSearch(CancellationToken closed)
{
    private CancellationTokenSource? _current;

    /// <summary>Whether a search runs.</summary>
    public bool IsRunning => _current is not null;

    /// <summary>Runs a search.</summary>
    /// <param name="search">The search.</param>
    /// <returns>False if it was ended by a newer one, or the page was left: it says nothing then.</returns>
    public async Task<bool> RunAsync(Func<CancellationToken, Task> search)
    {
        using var own = CancellationTokenSource.CreateLinkedTokenSource(closed);
        var previous = _current;
        _current = own;
        if (previous is not null) await previous.CancelAsync();
        try
        {
            await search(own.Token);
            return !own.IsCancellationRequested;
        }
        catch (Exception) when (own.IsCancellationRequested)
        {
            return false; // Also one that failed otherwise: nobody waits for it.
        }
        finally
        {
            if (_current == own) _current = null;
        }
    }
}
