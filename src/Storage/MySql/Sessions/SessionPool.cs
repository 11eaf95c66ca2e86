using System.Collections.Concurrent;
using System.Data.Common;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.MySql.Sessions;

/// <summary>
/// A bounded pool of prepared connections. A caller waits for a free one until its token is cancelled. A connection whose work failed is
/// closed, which ends its transaction and locks.
/// </summary>
internal sealed class SessionPool(MySqlOptions options, MySqlRetry retry) : IAsyncDisposable
{
    private readonly DbDataSource _source = MySqlDriver.Source(options, options.Database);

    // One connection of the limit is the writer's.
    private readonly SemaphoreSlim _slots = new(options.PoolSize - 1);
    private readonly ConcurrentBag<MySqlSession> _idle = [];
    private volatile bool _disposed;

    /// <summary>Statements sent on all connections.</summary>
    public QueryCount Queries { get; } = new();

    /// <summary>
    /// Runs idempotent work, with retries until the deadline. The token cancels the waits before the work and between attempts; an
    /// attempt that has started runs to its end, so that no change is left incomplete.
    /// </summary>
    /// <exception cref="CatalogException">The work did not succeed before the deadline.</exception>
    public Task<T> RunAsync<T>(Func<MySqlSession, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync((session, _) => work(session), cancellationToken);

    /// <summary>Runs a read: the work gets the token, which cancels its statements at the server.</summary>
    /// <exception cref="CatalogException">The work did not succeed before the deadline.</exception>
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

    /// <summary>Opens a connection that the caller owns.</summary>
    public Task<MySqlSession> OpenAsync(CancellationToken cancellationToken = default) =>
        MySqlSession.OpenAsync(_source, options, Queries, cancellationToken);

    /// <summary>Waits for running work and closes the connections.</summary>
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
