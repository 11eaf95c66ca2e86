using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Sessions;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Sqlite.Files;

/// <summary>
/// Saves what a write-ahead log holds that was removed from its folder: the connection still has it, and a kill would lose it. Every
/// connection is closed then, because they share the old log's index. Used by the writer's thread only.
/// </summary>
internal sealed class LogRescue(SqliteOptions options, CatalogFiles files, ReadPool readers, ILogger logger)
{
    private static readonly TimeSpan ReadsMayTake = TimeSpan.FromSeconds(10);

    /// <summary>The same session while the log is there, or a new one over a new log.</summary>
    /// <exception cref="CatalogException">It could not be saved; the session is as it was.</exception>
    public SqliteSession Check(SqliteSession session)
    {
        if (!files.LogIsGone()) return session;
        files.ThrowIfGone();
        using var pause = readers.Pause(ReadsMayTake) ?? throw SqliteErrors.LogGone();
        using (var reader = session.Query("PRAGMA wal_checkpoint(TRUNCATE)"))
        {
            if (!reader.Read() || reader.GetInt64(0) != 0) throw SqliteErrors.LogGone();
        }

        session.Dispose();
        logger.WriteAheadLogSaved();
        return Open(options, files);
    }

    /// <summary>Opens the file for writing and notes the files that are open then.</summary>
    public static SqliteSession Open(SqliteOptions options, CatalogFiles files)
    {
        var session = SqliteSession.OpenWriter(options);

        // The log is made with the first read.
        _ = Convert.ToInt64(session.Scalar("SELECT count(*) FROM imagesearch_identity"), CultureInfo.InvariantCulture);
        files.Note();
        return session;
    }
}
