using ImageSearch.Cli.Reports;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Cli.Transfer;

/// <summary>A row on its way into a table.</summary>
/// <param name="Row">The row, checked by <see cref="RowCheck"/>.</param>
/// <param name="Line">Its line in a file, where it comes from one.</param>
internal readonly record struct IncomingRow(StoredRow Row, long? Line = null);

/// <summary>
/// Puts rows into a table with their ids. A row that is there already, exactly so, counts as done; another row with the id stays. In a dry run
/// all is counted and nothing written.
/// </summary>
/// <param name="transfer">The table's catalog; null where there is none yet.</param>
/// <param name="table">The table; null where there is none yet.</param>
/// <param name="report">Counts.</param>
internal sealed class RowIntake(ITableTransfer? transfer, TableGeneration? table, RunReport report)
{
    /// <summary>What the table has of these rows.</summary>
    public async Task<Result<Dictionary<long, StoredRow>>> FindAsync(IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        if (transfer is null || table is not { } existing) return new Dictionary<long, StoredRow>();
        var found = await transfer.FindRowsAsync(existing, [.. ids], cancellationToken);
        return found.TryGet(out var rows, out var failure) ? rows.ToDictionary(row => row.Id) : failure;
    }

    /// <param name="rows">A batch.</param>
    /// <param name="isSame">Whether an incoming row and the one that is there are one and the same.</param>
    /// <param name="cancellationToken">Ends it before the batch is written, or not at all.</param>
    public async Task<Failure?> TakeAsync(
        IReadOnlyList<IncomingRow> rows, Func<StoredRow, StoredRow, bool> isSame, CancellationToken cancellationToken)
    {
        if (!(await FindAsync(rows.Select(each => each.Row.Id), cancellationToken)).TryGet(out var known, out var failure)) return failure;
        var news = new List<IncomingRow>();
        foreach (var row in rows)
        {
            if (known.TryAdd(row.Row.Id, row.Row)) news.Add(row);
            else if (isSame(row.Row, known[row.Row.Id])) report.AlreadyThere++;
            else RefuseTaken(row);
        }

        return await InsertAsync(news, cancellationToken);
    }

    /// <summary>Refuses a row whose id is another's.</summary>
    public void RefuseTaken(IncomingRow row) => report.Refuse(
        row.Row.Id, row.Line, "another row has its id; take a table of another name, or delete that row first");

    private async Task<Failure?> InsertAsync(List<IncomingRow> news, CancellationToken cancellationToken)
    {
        if (report.DryRun || news.Count == 0)
        {
            report.Taken += news.Count;
            return null;
        }

        var inserted = await transfer!.InsertRowsAsync(table!.Value, [.. news.Select(row => row.Row)], cancellationToken);
        if (!inserted.TryGet(out var ids, out var failure)) return failure;
        report.Taken += ids.Count;
        foreach (var row in news.ExceptBy(ids, row => row.Row.Id)) RefuseTaken(row);
        return null;
    }
}
