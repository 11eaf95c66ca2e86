using System.Collections.Concurrent;
using System.Data.Common;

namespace ImageSearch.Storage;

/// <summary>Prepared connections, no more than the setting allows; who finds none free waits for one.</summary>
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
    /// Runs work that may be repeated, again and again while the server has passing troubles. A work that has begun is not cancelled: each
    /// of its statements ends by its own timeout.
    /// </summary>
    /// <exception cref="CatalogException">It could not be done in time.</exception>
    public async Task<T> RunAsync<T>(Func<MySqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(MySqlCatalog));
            return await retry.RunAsync(() => OnSessionAsync(work), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>A new connection, for its owner to keep.</summary>
    public Task<MySqlSession> OpenAsync() => MySqlSession.OpenAsync(_source, options, Queries);

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

    private async Task<T> OnSessionAsync<T>(Func<MySqlSession, Task<T>> work)
    {
        var session = await TakeAsync().ConfigureAwait(false);
        try
        {
            var value = await work(session).ConfigureAwait(false);
            _idle.Add(session);
            return value;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<MySqlSession> TakeAsync()
    {
        while (_idle.TryTake(out var session))
        {
            if (!session.IsStale) return session;
            await session.DisposeAsync().ConfigureAwait(false);
        }

        return await OpenAsync().ConfigureAwait(false);
    }
}
