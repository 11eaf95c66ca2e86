using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Rows;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Sqlite.Writing;

/// <summary>
/// Removes the rows of dropped tables a few at a time, so that a drop of a million rows holds no write up for longer than one commit.
/// A stop or crash in between is of no account: the registry says what is left. Used by the writer's thread only.
/// </summary>
internal sealed class DropSweeper(ILogger logger)
{
    // About 1.5 MB of features: some milliseconds a turn.
    private const int RowsATurn = 256;

    private bool _paused;
    private bool _hasWork = true;

    /// <summary>A turn would do something, as far as is known.</summary>
    public bool HasWork => _hasWork && !_paused;

    public void TableDropped() => _hasWork = true;

    /// <summary>After a failure: no turn before a write has gone well.</summary>
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
        if (db.Execute(RowSql.DeleteFirst, ("$generation", table.Number), ("$count", RowsATurn)) == RowsATurn)
        {
            return false;
        }

        Registry.Forget(db, table);
        return true;
    }
}
