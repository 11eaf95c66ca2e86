using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Sessions;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Sqlite.Files;

/// <summary>
/// Saves the contents of a write-ahead log that was removed from its folder: the connection still has it open, and killing the process
/// would lose it. All connections are closed after that, because they share the old log's index. Used by the writer's thread only.
/// </summary>
internal sealed class LogRescue(SqliteOptions options, CatalogFiles files, ReadPool readers, ILogger logger)
{
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Returns the same session if the log is in place, otherwise a new one on a new log.</summary>
    /// <exception cref="CatalogException">It could not be saved; the session is unchanged.</exception>
    public SqliteSession Check(SqliteSession session)
    {
        if (!files.LogIsGone()) return session;
        files.ThrowIfGone();
        using var pause = readers.Pause(ReadTimeout) ?? throw SqliteErrors.LogGone();
        using (var reader = session.Query("PRAGMA wal_checkpoint(TRUNCATE)"))
        {
            if (!reader.Read() || reader.GetInt64(0) != 0) throw SqliteErrors.LogGone();
        }

        session.Dispose();
        logger.WriteAheadLogSaved();
        return Open(options, files);
    }

    /// <summary>Opens the file for writing and records the identities of its files.</summary>
    public static SqliteSession Open(SqliteOptions options, CatalogFiles files)
    {
        var session = SqliteSession.OpenWriter(options);

        // The first read creates the log.
        _ = Convert.ToInt64(session.Scalar("SELECT count(*) FROM imagesearch_identity"), CultureInfo.InvariantCulture);
        files.Note();
        return session;
    }
}
