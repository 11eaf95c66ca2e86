using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Rows;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Sqlite.Writing;

/// <summary>
/// Removes the rows of dropped tables in small batches, so that dropping a million rows delays no write by more than one commit. It
/// resumes after a stop or crash, because the registry records what is left. Used by the writer's thread only.
/// </summary>
internal sealed class DropSweeper(ILogger logger)
{
    // About 1.5 MB of features: a few milliseconds per batch.
    private const int RowsPerBatch = 256;

    private bool _paused;
    private bool _hasWork = true;

    /// <summary>Whether a call of <see cref="SweepSome"/> may have something to do.</summary>
    public bool HasWork => _hasWork && !_paused;

    public void TableDropped() => _hasWork = true;

    /// <summary>After a failure: pauses until a write succeeds.</summary>
    public void Pause() => _paused = true;

    public void Resume() => _paused = false;

    public void SweepSome(SqliteSession db)
    {
        db.Execute("BEGIN IMMEDIATE");
        var table = Registry.NextDropping(db);
        var ended = table is { } dropping && SweepTable(db, dropping);
        db.Execute("COMMIT");
        _hasWork = table is not null;
        if (ended)
        {
            logger.DroppedRowsRemoved(table!.Value);
        }
    }

    private static bool SweepTable(SqliteSession db, TableGeneration table)
    {
        if (db.Execute(RowSql.DeleteFirst, ("$generation", table.Number), ("$count", RowsPerBatch)) == RowsPerBatch)
        {
            return false;
        }

        Registry.Forget(db, table);
        return true;
    }
}
