using System.Collections.Concurrent;
using System.Data.Common;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.MySql.Sessions;

/// <summary>
/// Connections with the session state that the catalog needs, no more than the setting allows. A caller that finds none free waits for
/// one, for as long as its token lets it. A connection whose work failed is closed: its transaction and locks end with it.
/// </summary>
internal sealed class SessionPool(MySqlOptions options, MySqlRetry retry) : IAsyncDisposable
{
    private readonly DbDataSource _source = MySqlDriver.Source(options, options.Database);

    // One of the process's connections is the writer's.
    private readonly SemaphoreSlim _slots = new(options.PoolSize - 1);
    private readonly ConcurrentBag<MySqlSession> _idle = [];
    private volatile bool _disposed;

    /// <summary>Statements sent over all connections.</summary>
    public QueryCount Queries { get; } = new();

    /// <summary>
    /// Runs work that may be repeated, until it succeeds or the server's troubles outlast the deadline. The token ends the waits before it
    /// and between tries; work that has begun runs to its end, so that no change stays half-made.
    /// </summary>
    /// <exception cref="CatalogException">It could not be done in time.</exception>
    public Task<T> RunAsync<T>(Func<MySqlSession, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync((session, _) => work(session), cancellationToken);

    /// <summary>As the other, for reads: the work gets the token, which ends its statements at the server.</summary>
    /// <exception cref="CatalogException">It could not be done in time.</exception>
    public async Task<T> RunAsync<T>(Func<MySqlSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(MySqlCatalog));
            return await retry.RunAsync(() => OnSessionAsync(work, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>A new connection, for its owner to keep.</summary>
    public Task<MySqlSession> OpenAsync(CancellationToken cancellationToken = default) =>
        MySqlSession.OpenAsync(_source, options, Queries, cancellationToken);

    /// <summary>Waits for the work under way and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        for (var slot = 1; slot < options.PoolSize; slot++)
        {
            await _slots.WaitAsync().ConfigureAwait(false);
        }

        _slots.Release(options.PoolSize - 1);
        while (_idle.TryTake(out var session))
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }

        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<T> OnSessionAsync<T>(
        Func<MySqlSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var session = await TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var value = await work(session, cancellationToken).ConfigureAwait(false);
            _idle.Add(session);
            return value;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<MySqlSession> TakeAsync(CancellationToken cancellationToken)
    {
        while (_idle.TryTake(out var session))
        {
            if (!session.IsStale) return session;
            await session.DisposeAsync().ConfigureAwait(false);
        }

        return await OpenAsync(cancellationToken).ConfigureAwait(false);
    }
}
