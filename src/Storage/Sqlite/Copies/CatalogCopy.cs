using ImageSearch.Storage.Backups;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Files;
using ImageSearch.Storage.Sqlite.Sessions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImageSearch.Storage.Sqlite.Copies;

/// <summary>
/// Copies the catalog by SQLite's online backup while it is written. The copy is one snapshot, held by a read transaction: the backup
/// never restarts, whatever is written meanwhile, and writers don't wait. Until it ends, the write-ahead log can't be reused and grows by
/// what is written.
/// </summary>
internal sealed class CatalogCopy(SqliteOptions options, BackupPace pace, BackupProgress progress)
{
    private const int BytesPerStep = 1 << 20;

    // Flushed in parts: one flush of a whole file at the end would delay the commits of the catalog that wait for the same disk.
    private const int StepsPerFlush = 8;

    /// <summary>Copies the catalog to a new file; durable when the task ends.</summary>
    /// <exception cref="CatalogException">The catalog's files were removed, or SQLite failed.</exception>
    public async Task RunAsync(string target, CancellationToken cancellationToken)
    {
        var files = new CatalogFiles(options);
        files.Note();
        try
        {
            using var source = SqliteSession.OpenReader(options);
            source.Execute("BEGIN");
            // The first read takes the snapshot.
            _ = source.Scalar("SELECT count(*) FROM imagesearch_identity");
            using (var copy = Create(target)) await CopyAsync(source, copy, target, files, cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(e, options.DataFolder);
        }

        using var written = File.OpenHandle(target, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(written);
    }

    private async Task CopyAsync(SqliteSession source, SqliteConnection copy, string target, CatalogFiles files, CancellationToken cancellationToken)
    {
        using var written = File.OpenHandle(target, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using var backup = raw.sqlite3_backup_init(copy.Handle, "main", source.Handle, "main");
        if (backup.IsInvalid) throw Failed(raw.sqlite3_errcode(copy.Handle));
        var pageBytes = (int)(long)source.Scalar("PRAGMA page_size")!;
        var pagesPerStep = Math.Max(1, BytesPerStep / pageBytes);
        var copied = 0;
        for (var step = 1; ; step++)
        {
            var result = raw.sqlite3_backup_step(backup, pagesPerStep);
            if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE)) throw Failed(result);
            var now = raw.sqlite3_backup_pagecount(backup) - raw.sqlite3_backup_remaining(backup);
            var bytes = (now - copied) * (long)pageBytes;
            if (step == 1) progress.SetCatalog(raw.sqlite3_backup_pagecount(backup) * (long)pageBytes);
            copied = now;
            progress.AddBytes(bytes);
            if (result == raw.SQLITE_DONE) break;
            if (step % StepsPerFlush == 0) RandomAccess.FlushToDisk(written);
            // Saving a removed log needs the file alone.
            if (files.AreGone()) throw SqliteErrors.LogGone();
            await pace.SpendAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
    }

    // No journal and no flushes: the file has no name that anyone uses until it is complete.
    private static SqliteConnection Create(string target)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = target, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString());
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA mmap_size = 0";
        pragmas.ExecuteNonQuery();
        return connection;
    }

    private static SqliteException Failed(int code) => new("the catalog could not be copied", code & 0xff, code);
}
