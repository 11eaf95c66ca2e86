using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Attributes;
using ImageSearch.Storage.Sqlite.Pictures;
using ImageSearch.Storage.Sqlite.Rows;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Sqlite.Writing;

/// <summary>
/// Removes the rows of dropped tables, their index entries and their pictures in small batches, so that dropping a million rows delays no write by more than
/// one commit. It resumes after a stop or crash, because the registry records what is left. Used by the writer's thread only.
/// </summary>
internal sealed class DropSweeper(ILogger logger) : UpkeepTask
{
    // About 1.5 MB of features: a few milliseconds per batch.
    private const int RowsPerBatch = 256;
    private const int EntriesPerBatch = 1024;

    private TableGeneration? _ended;

    public override void LogFailure(Exception exception) => logger.DropPaused(exception);

    protected override bool RunBatch(SqliteSession db)
    {
        var table = Registry.NextDropping(db);
        _ended = table is { } dropping && SweepTable(db, dropping) ? table : null;
        return table is not null;
    }

    protected override void Committed()
    {
        if (_ended is { } table) logger.DroppedRowsRemoved(table);
    }

    private static bool SweepTable(SqliteSession db, TableGeneration table)
    {
        if (db.Execute(RowSql.DeleteFirst, ("$generation", table.Number), ("$count", RowsPerBatch)) == RowsPerBatch
            || AttributeIndex.Clear(db, table, EntriesPerBatch)
            || PictureWrites.Clear(db, table))
        {
            return false;
        }

        Registry.Forget(db, table);
        return true;
    }
}
