using ImageSearch.Client;
using ImageSearch.Client.Problems;
using ImageSearch.Pages.Searching.Inputs;
using ImageSearch.Pages.Searching.Results;
using ImageSearch.Pages.Sessions;

namespace ImageSearch.Pages.Searching;

/// <summary>The search that a page shows: what it found, or what is wrong with its filter. A new search takes the place of one that runs.</summary>
/// <param name="session">Who searches.</param>
/// <param name="time">Measures the calls.</param>
/// <param name="closed">Ends every search.</param>
internal sealed class ShownSearch(PageSession session, TimeProvider time, CancellationToken closed)
{
    private readonly ItemSearch _search = new(session.Client, time);
    private readonly LatestSearch _latest = new(closed);

    /// <summary>What was found; null if nothing was searched, or the search failed.</summary>
    public FoundHits? Found { get; private set; }

    /// <summary>Where the main object of the whole picture is.</summary>
    public RegionBox? MainObject { get; private set; }

    /// <summary>What is wrong with the filter; null for nothing.</summary>
    public string? FilterFault { get; private set; }

    /// <summary>Whether a search runs.</summary>
    public bool IsRunning => _latest.IsRunning;

    /// <summary>Shows nothing.</summary>
    public void Clear() => (Found, MainObject, FilterFault) = (null, null, null);

    /// <summary>Another picture has another main object.</summary>
    public void ForgetMainObject() => MainObject = null;

    /// <summary>Shows the first page of a search.</summary>
    public Task FindAsync(string table, SearchSubject subject, SearchOptions options) =>
        RunAsync(search => _search.FindAsync(table, subject, options, search), keepsFound: false);

    /// <summary>Shows the next page as well. If it can't be read, the pages before it stay.</summary>
    public Task FindMoreAsync() => Found is { } found ? RunAsync(search => _search.FindMoreAsync(found, search), keepsFound: true) : Task.CompletedTask;

    private async Task RunAsync(Func<CancellationToken, Task<FoundHits>> find, bool keepsFound)
    {
        FilterFault = null;
        FoundHits? found = null;
        try
        {
            if (!await _latest.RunAsync(async search => found = await find(search))) return;
        }
        catch (ProblemException e) when (e.Code == ProblemCode.FilterInvalid)
        {
            FilterFault = session.Explain(e);
        }
        catch when (!keepsFound)
        {
            Found = null;
            throw;
        }

        if (found is null && keepsFound) return;
        Found = found;
        // That of the whole picture stays while a part is searched by: a part has a main object of its own.
        if (found is { Subject.IsByPicture: true } && (found.Subject.Region is null || MainObject is null)) MainObject = found.MainObject;
    }
}
