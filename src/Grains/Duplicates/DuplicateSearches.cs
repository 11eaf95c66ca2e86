using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Duplicates;

/// <summary>The searches for duplicates of one table: at most one runs, and the last few are kept. Used by the table's grain only.</summary>
internal sealed class DuplicateSearches(ICatalog catalog, IVectorStore vectors, DuplicateSlots slots, TimeProvider time, ILogger logger)
{
    // The newest is the last.
    private readonly List<DuplicateSearch> _searches = [];

    /// <summary>The search that was started last.</summary>
    public DuplicateSearch? Last => _searches.Count > 0 ? _searches[^1] : null;

    /// <summary>The limits.</summary>
    public DuplicateLimits Limits => slots.Limits;

    /// <summary>The search with this id, if its groups are kept.</summary>
    public DuplicateSearch? Find(TableGeneration table, long id) =>
        _searches.Find(search => search.Id == id && search.Table == table && search.Groups is not null);

    /// <summary>The last finished search with this score, if its groups are kept.</summary>
    public DuplicateSearch? FindFinished(TableGeneration table, float minScore) =>
        _searches.FindLast(search => search.MinScore == minScore && search.Table == table && search.Groups is not null);

    /// <summary>The search that runs.</summary>
    public DuplicateSearch? Running(TableGeneration table) =>
        Last is { Ended.IsCompleted: false } running && running.Table == table ? running : null;

    /// <summary>Starts a search, or returns the one that runs with this score.</summary>
    /// <param name="table">The table.</param>
    /// <param name="minScore">The least score of a pair.</param>
    /// <param name="rows">The number of its rows.</param>
    /// <returns>The search, or <see cref="FailureCode.Busy"/> if one with another score runs.</returns>
    public async Task<Result<DuplicateSearch>> StartAsync(TableRecord table, float minScore, long rows)
    {
        if (Running(table.Generation) is { } running) return running.MinScore == minScore ? running : OtherRuns(running);
        while (_searches.Count >= Limits.MaxSearches || (Last is { } last && last.Table != table.Generation))
        {
            var oldest = _searches[0];
            _searches.RemoveAt(0);
            await oldest.DisposeAsync();
        }

        // Another call may have started one while this call waited.
        if (Running(table.Generation) is { } started) return started.MinScore == minScore ? started : OtherRuns(started);
        var search = new DuplicateSearch(catalog, vectors, table, minScore, rows, slots, time, logger);
        _searches.Add(search);
        return search;
    }

    /// <summary>Ends the searches and frees their groups: the table is dropped, or the grain deactivates.</summary>
    public async Task EndAsync()
    {
        DuplicateSearch[] ended = [.. _searches];
        _searches.Clear();
        foreach (var search in ended) await search.DisposeAsync();
    }

    private static Failure OtherRuns(DuplicateSearch running) =>
        new(
            FailureCode.Busy,
            FormattableString.Invariant($"a search for duplicates with min_score {running.MinScore} runs on the table: wait for its end, or cancel it with DELETE /v1/tables/{running.Table.Name}/duplicates/job"),
            RetryAfterSeconds: 10);
}
