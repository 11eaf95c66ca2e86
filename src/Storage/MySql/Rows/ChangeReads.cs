using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.MySql.Rows;

/// <summary>Reads the change log.</summary>
internal static class ChangeReads
{
    private const int CommitsPerRead = 200;
    private const int RowsPerRead = 1000;

    public static async Task<IReadOnlyDictionary<TableGeneration, long>> LastAsync(MySqlSession db, CancellationToken cancellationToken) =>
        (await TableRegistry.LastChangesAsync(db, cancellationToken).ConfigureAwait(false)).ToDictionary(row => row.Table, row => row.LastChange);

    public static async Task<TableChanges?> SinceAsync(
        MySqlSession db, TableRecord table, long after, string self, CancellationToken cancellationToken)
    {
        var commits = await db.QueryAsync<Commit>(
            """
            SELECT number AS Number, writer AS Writer, changed AS Changed FROM `imagesearch$changes`
            WHERE generation = @generation AND number > @after ORDER BY number LIMIT @count
            """,
            new { generation = table.Generation.Number, after, count = CommitsPerRead }, cancellationToken).ConfigureAwait(false);
        if (commits.Count == 0 || commits[0].Number != after + 1) return null;

        // Enough commits for a read of limited size, but at least one.
        var (last, put, removed) = (after, new HashSet<long>(), new List<RowVersion>());
        foreach (var commit in commits.TakeWhile(commit => commit.Number == last + 1 && (last == after || put.Count < RowsPerRead)))
        {
            last = commit.Number;
            if (commit.Writer == self) continue;
            foreach (var change in RowChange.Read(commit.Changed))
            {
                if (change.Removed) removed.Add(change.Row);
                else put.Add(change.Row.Id);
            }
        }

        if (put.Count == 0) return new TableChanges(last, [], removed, []);
        var batch = await MySqlReads.VectorsOfAsync(db, table.Generation, table.Model.Dimension, put, cancellationToken)
            .ConfigureAwait(false);
        return batch is null ? null : new TableChanges(last, batch.Vectors, removed, batch.Refused);
    }

    private sealed class Commit
    {
        public long Number { get; init; }

        public string Writer { get; init; } = "";

        public string Changed { get; init; } = "";
    }
}
