using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Rows;
using ImageSearch.Storage.Sqlite.Sessions;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Sqlite.Schema;

/// <summary>A data set whose rows are in an SQLite table of its own, as in the first schema.</summary>
internal readonly record struct OwnTable(TableGeneration Generation, bool IsLive, string PhysicalName);

/// <summary>
/// Moves rows from the first schema, which had one SQLite table per data set, into the common table. A transaction moves some rows or
/// completes one table, and the registry names the old table until then, so an interrupted move resumes where it stopped. The disk needs
/// free space for a copy of the largest table: an old table is dropped as soon as its rows are copied.
/// </summary>
internal sealed class OwnTables(SqliteSession db, int rowsPerBatch, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(5);

    private long _tables;
    private long _rows;
    private long _lastLogged;

    /// <summary>Moves all tables.</summary>
    public void Move(CancellationToken cancellationToken)
    {
        if (Registry.NextOwn(db, long.MinValue) is not { } table) return;
        var all = Convert.ToInt64(
            db.Scalar("SELECT count(*) FROM imagesearch_tables WHERE physical_table IS NOT NULL"), CultureInfo.InvariantCulture);
        logger.LayoutUpgradeStarted(all);
        var began = _lastLogged = time.GetTimestamp();
        for (OwnTable? next = table; next is { } own; next = Registry.NextOwn(db, own.Generation.Number))
        {
            cancellationToken.ThrowIfCancellationRequested();
            MoveSome(own);
            if (time.GetElapsedTime(_lastLogged) < LogInterval) continue;
            _lastLogged = time.GetTimestamp();
            logger.LayoutUpgradeProgress(_tables, all, _rows);
        }

        var seconds = time.GetElapsedTime(began).TotalSeconds;
        logger.LayoutUpgradeEnded(_tables, _rows, seconds);
    }

    private void MoveSome(OwnTable table)
    {
        var number = table.Generation.Number;

        // The name becomes part of SQL text.
        if (table.PhysicalName != $"t{number}_{table.Generation.Name}") throw Registry.Damaged("the table of rows of " + table.Generation.Name);
        db.Execute("BEGIN IMMEDIATE");
        var exists = db.Scalar(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $table", ("$table", table.PhysicalName)) is not null;
        if (table.IsLive && exists && Copy(table) == rowsPerBatch)
        {
            db.Execute("COMMIT");
            return;
        }

        if (exists) db.ExecuteOnce($"""DROP TABLE "{table.PhysicalName}" """);
        if (table.IsLive)
            db.Execute("UPDATE imagesearch_tables SET physical_table = NULL WHERE generation = $generation", ("$generation", number));
        else
            Registry.Forget(db, table.Generation);
        db.Execute("COMMIT");
        _tables++;
        if (!exists && table.IsLive) logger.RowsMissing(table.Generation);
    }

    // Copying resumes after the greatest copied id: nothing else writes to a table that is not moved yet.
    private int Copy(OwnTable table)
    {
        var generation = ("$generation", (object?)table.Generation.Number);
        var last = db.Scalar(RowSql.GreatestId, generation) as long?;
        if (last == long.MaxValue) return 0;
        var copied = db.ExecuteOnce(
            $"""
            INSERT INTO imagesearch_rows (generation, {RowSql.MovedColumns})
            SELECT $generation, {RowSql.MovedColumns} FROM "{table.PhysicalName}"
            WHERE id >= $from ORDER BY id LIMIT $count
            """,
            generation,
            ("$count", rowsPerBatch),
            ("$from", last is { } id ? id + 1 : long.MinValue));
        _rows += copied;
        return copied;
    }
}
