using ImageSearch.Cli.Reports;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Cli.Transfer;

/// <summary>A row to import.</summary>
/// <param name="Row">The row, which <see cref="RowCheck"/> has checked.</param>
/// <param name="Line">Its line in the file; null if there is no file.</param>
internal readonly record struct IncomingRow(StoredRow Row, long? Line = null);

/// <summary>
/// Inserts rows into a table with their ids. An identical row that is present is skipped; a row whose id another row has is refused. A
/// dry run only counts.
/// </summary>
/// <param name="transfer">The catalog of the table; null if it does not exist.</param>
/// <param name="table">The table; null if it does not exist.</param>
/// <param name="report">Receives the counts.</param>
internal sealed class RowInserter(ITableTransfer? transfer, TableGeneration? table, RunReport report)
{
    /// <summary>The rows of the table with these ids.</summary>
    public async Task<Result<Dictionary<long, StoredRow>>> FindAsync(IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        if (transfer is null || table is not { } existing) return new Dictionary<long, StoredRow>();
        var found = await transfer.FindRowsAsync(existing, [.. ids], cancellationToken);
        return found.TryGet(out var rows, out var failure) ? rows.ToDictionary(row => row.Id) : failure;
    }

    /// <summary>Inserts a batch.</summary>
    /// <param name="rows">The batch.</param>
    /// <param name="isSame">Whether an incoming row is identical to the existing one.</param>
    /// <param name="cancellationToken">Cancels the call before the batch is written.</param>
    public async Task<Failure?> InsertAsync(
        IReadOnlyList<IncomingRow> rows, Func<StoredRow, StoredRow, bool> isSame, CancellationToken cancellationToken)
    {
        if (!(await FindAsync(rows.Select(row => row.Row.Id), cancellationToken)).TryGet(out var known, out var failure)) return failure;
        var newRows = new List<IncomingRow>();
        foreach (var row in rows)
        {
            if (known.TryAdd(row.Row.Id, row.Row)) newRows.Add(row);
            else if (isSame(row.Row, known[row.Row.Id])) report.AlreadyThere++;
            else RefuseConflict(row);
        }

        return await WriteAsync(newRows, cancellationToken);
    }

    /// <summary>Refuses a row whose id another row has.</summary>
    public void RefuseConflict(IncomingRow row) => report.Refuse(
        row.Row.Id, row.Line, "another row has its id; use another table, or delete that row first");

    private async Task<Failure?> WriteAsync(List<IncomingRow> newRows, CancellationToken cancellationToken)
    {
        if (report.DryRun || newRows.Count == 0)
        {
            report.Taken += newRows.Count;
            return null;
        }

        var inserted = await transfer!.InsertRowsAsync(table!.Value, [.. newRows.Select(row => row.Row)], cancellationToken);
        if (!inserted.TryGet(out var ids, out var failure)) return failure;
        report.Taken += ids.Count;
        foreach (var row in newRows.ExceptBy(ids, row => row.Row.Id)) RefuseConflict(row);
        return null;
    }
}
