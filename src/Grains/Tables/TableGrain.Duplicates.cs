using ImageSearch.Grains.Duplicates;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tables;

/// <content>Searches for duplicates. They run beside the gate: neither adds nor a drop wait for one.</content>
public sealed partial class TableGrain : ITableDuplicatesGrain
{
    // How long a grain without calls stays for a search that it has started.
    private static readonly TimeSpan MaxSearchTime = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public async Task<Result<DuplicateAnswer>> FindAsync(DuplicateQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Count is < 1 or > DuplicateQuery.MaxCount)
            return Invalid($"count must be 1 to {DuplicateQuery.MaxCount}, not {query.Count}");
        if (CheckScore(query.MinScore) is { } invalid) return invalid;
        var begun = await SharedAsync("begin_duplicates", table => SearchToReadAsync(table, query, cancellationToken), cancellationToken);
        if (!begun.TryGet(out var search, out var failure)) return failure;
        await Task.WhenAny(search.Ended, Task.Delay(_duplicates!.Limits.Patience, time, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return await SharedAsync("read_duplicates", table => ReadDuplicatesAsync(table, search, query, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Result<DuplicateSearchStatus>> StartAsync(float minScore, CancellationToken cancellationToken) =>
        SharedAsync<DuplicateSearchStatus>(
            "start_duplicates",
            async table => CheckScore(minScore) is { } invalid
                ? invalid
                : (await StartSearchAsync(table, minScore, maxRows: long.MaxValue, cancellationToken)).TryGet(out var search, out var failure)
                    ? search.Status
                    : failure,
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<DuplicateSearchStatus>> DescribeSearchAsync(CancellationToken cancellationToken) =>
        SharedAsync("describe_duplicates", table => Task.FromResult(LastSearch(table)), cancellationToken);

    /// <inheritdoc/>
    public async Task<Result<DuplicateSearchStatus>> CancelSearchAsync(CancellationToken cancellationToken)
    {
        var cancelled = await SharedAsync<DuplicateSearch>(
            "cancel_duplicates",
            table =>
            {
                if (_duplicates!.Last is not { } last || last.Table != table.Generation) return Task.FromResult<Result<DuplicateSearch>>(NoSearch());
                last.Cancel();
                return Task.FromResult<Result<DuplicateSearch>>(last);
            },
            cancellationToken);
        if (!cancelled.TryGet(out var search, out var failure)) return failure;
        await search.Ended.WaitAsync(cancellationToken);
        return search.Status;
    }

    private async Task<Result<DuplicateSearch>> SearchToReadAsync(TableRecord table, DuplicateQuery query, CancellationToken cancellationToken)
    {
        if (query.After is { } after)
        {
            return _duplicates!.Find(table.Generation, after.Search) is { } read
                ? read
                : new Failure(
                    FailureCode.DuplicatesNotFound,
                    $"the groups behind cursor are forgotten: they are kept for an hour and until the service restarts; start the search of table {_name} again, without cursor")
                {
                    Field = "cursor",
                    Bound = "the next_cursor of groups that are kept",
                };
        }

        // A search of a small table serves one read, so that a read begins with the present rows; one that ended after the patience of its
        // caller is still to be read.
        if (_duplicates!.FindFinished(table.Generation, query.MinScore) is { IsRead: false } unread) return unread;
        var started = await StartSearchAsync(table, query.MinScore, _duplicates.Limits.SmallTable, cancellationToken);
        return started.Failure is { Code: FailureCode.DuplicatesNotFound } && _duplicates.FindFinished(table.Generation, query.MinScore) is { } finished
            ? finished
            : started;
    }

    // A larger table than the caller accepts has a search only if one runs.
    private async Task<Result<DuplicateSearch>> StartSearchAsync(
        TableRecord table, float minScore, long maxRows, CancellationToken cancellationToken)
    {
        if (!(await items.CountRowsAsync(table.Generation, cancellationToken)).TryGet(out var rows, out var failure)) return failure;
        if (rows > maxRows && _duplicates!.Running(table.Generation)?.MinScore != minScore)
        {
            return new Failure(
                FailureCode.DuplicatesNotFound,
                FormattableString.Invariant($"table {_name} has {rows} rows, more than the {maxRows} that are searched at once, and no finished search with min_score {minScore}: start one with POST /v1/tables/{_name}/duplicates?min_score={minScore}"));
        }

        // Idle grains are deactivated, and with them their searches. A search may take hours.
        DelayDeactivation(MaxSearchTime);
        return await _duplicates!.StartAsync(table, minScore, rows);
    }

    private async Task<Result<DuplicateAnswer>> ReadDuplicatesAsync(
        TableRecord table, DuplicateSearch search, DuplicateQuery query, CancellationToken cancellationToken)
    {
        if (search.Table != table.Generation) return NoSearch();
        var groups = search.Groups;
        var status = search.Status;
        if (groups is null)
        {
            return status.State switch
            {
                DuplicateSearchState.Waiting or DuplicateSearchState.Running => new DuplicateAnswer(status, null),
                DuplicateSearchState.Failed => search.Fault!,
                _ => NoSearch(),
            };
        }

        if (query.After is null) search.IsRead = true;
        DelayDeactivation(_duplicates!.Limits.Kept);
        var first = Math.Clamp(query.After?.Index ?? 0, 0, groups.Kept.Count);
        var read = await new DuplicatePages(items, table.Generation).ReadAsync(search.Id, groups.Kept, first, query.Count, cancellationToken);
        return read.TryGet(out var page, out var failure) ? new DuplicateAnswer(status, page) : failure;
    }

    private Result<DuplicateSearchStatus> LastSearch(TableRecord table) =>
        _duplicates!.Last is { } last && last.Table == table.Generation ? last.Status : NoSearch();

    private Failure NoSearch() =>
        new(FailureCode.DuplicatesNotFound, $"no search for duplicates of table {_name} is kept: start one with POST /v1/tables/{_name}/duplicates");

    private static Failure? CheckScore(float minScore) =>
        DuplicateScore.IsValid(minScore)
            ? null
            : Invalid(FormattableString.Invariant($"min_score must be {DuplicateScore.Min} to {DuplicateScore.Max}, not {minScore}"));
}
