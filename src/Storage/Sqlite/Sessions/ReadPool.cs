using System.Collections.Concurrent;
using ImageSearch.Storage.Catalog;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Sqlite.Sessions;

/// <summary>
/// A pool of read-only connections with their prepared statements. In WAL mode a reader sees the last commit before it began and does not
/// wait for the writer.
/// </summary>
internal sealed class ReadPool(SqliteOptions options, ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _slots = new(options.Readers);
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _disposed;

    /// <summary>Runs a read in one snapshot, on a thread-pool thread because it may wait for the disk.</summary>
    /// <exception cref="CatalogException">The file could not be read.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteCatalog));
            return await Task.Run(() => Read(read), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>
    /// Waits for running reads, closes the connections and blocks new reads until the result is disposed. For the writer's own thread,
    /// which may block.
    /// </summary>
    /// <returns>Null if reads did not end in time.</returns>
    public ReadPause? Pause(TimeSpan timeout)
    {
        for (var slot = 0; slot < options.Readers; slot++)
        {
            if (_slots.Wait(timeout)) continue;
            if (slot > 0) _slots.Release(slot);
            return null;
        }

        while (_idle.TryTake(out var session)) session.Dispose();
        return new ReadPause(() => _slots.Release(options.Readers));
    }

    /// <summary>Waits for running reads and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        for (var slot = 0; slot < options.Readers; slot++)
        {
            await _slots.WaitAsync().ConfigureAwait(false);
        }

        _slots.Release(options.Readers);
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private T Read<T>(Func<SqliteSession, T> read)
    {
        SqliteSession? session = null;
        try
        {
            if (!_idle.TryTake(out session))
            {
                session = SqliteSession.OpenReader(options);
            }

            session.Execute("BEGIN");
            var value = read(session);
            session.Execute("COMMIT");
            _idle.Add(session);
            return value;
        }
        catch (Exception e)
        {
            // A connection whose read failed may still hold its snapshot.
            session?.Dispose();
            if (e is not SqliteException sqlite)
            {
                throw;
            }

            logger.SqliteReadFailed(e);
            throw SqliteErrors.Translate(sqlite, options.DataFolder);
        }
    }
}

/// <summary>Blocks reads until it is disposed.</summary>
internal sealed class ReadPause(Action end) : IDisposable
{
    public void Dispose() => end();
}
