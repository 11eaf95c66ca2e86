using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Milvus.Collections;

/// <summary>
/// The collection of one generation on the server: created if it is absent, indexed, and loaded for searches. The cached state is discarded
/// when a call shows that it is outdated, and determined again by the next call.
/// </summary>
internal sealed class TableCollection(
    MilvusClient client, MilvusOptions options, TableRecord table, CollectionOwner owner, Func<CancellationToken, Task<bool>> hasRowsAsync,
    TimeProvider time, ILogger logger, Action onLoaded, Action onLost) : IAsyncDisposable
{
    private static readonly TimeSpan LoadPollInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private Task<bool>? _created;
    private Task<LoadedCollection>? _loaded;
    private Task _loading = Task.CompletedTask;

    public string Name { get; } = CollectionName.Of(table.Generation);

    /// <summary>
    /// Whether the collection was recreated for a table that has rows, so that searches would lack them until it is filled.
    /// </summary>
    public bool LacksRows { get; private set; }

    /// <summary>Records that the collection has all rows of the table.</summary>
    public void MarkFilled() => LacksRows = false;

    /// <summary>Creates the collection if it does not exist.</summary>
    /// <returns>Whether this process created it for an empty table, and so wrote everything in it.</returns>
    public Task<bool> EnsureCreatedAsync()
    {
        lock (_lock)
        {
            if (_created is null or { IsFaulted: true }) _created = Task.Run(() => RunUntilClosedAsync(CreateAsync));
            return _created;
        }
    }

    /// <summary>Indexes and loads the collection if it is not.</summary>
    public Task<LoadedCollection> EnsureLoadedAsync()
    {
        lock (_lock)
        {
            if (_loaded is null or { IsFaulted: true })
            {
                var created = EnsureCreatedAsync();
                _loading = _loaded = Task.Run(() => RunUntilClosedAsync(token => LoadCreatedAsync(created, token)));
            }

            return _loaded;
        }
    }

    /// <summary>Discards the cached state, because a call showed that it is outdated.</summary>
    public void Invalidate()
    {
        lock (_lock)
        {
            if (_created is { IsCompleted: true }) _created = null;
            if (_loaded is { IsCompleted: true }) _loaded = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Task[] running;
        lock (_lock) running = [_created ?? Task.CompletedTask, _loading];
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    // Reported as a failure and not as a cancellation: the waiting call was not cancelled.
    private async Task<T> RunUntilClosedAsync<T>(Func<CancellationToken, Task<T>> call)
    {
        try
        {
            return await call(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            throw new VectorStoreException($"table {table.Generation} is closed", e) { NeedsReopening = true };
        }
    }

    private async Task<bool> CreateAsync(CancellationToken cancellationToken)
    {
        await client.EnsureDatabaseAsync(cancellationToken).ConfigureAwait(false);
        var found = await client.FindCollectionAsync(Name, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            // Read before the creation: the new collection lacks the rows that the catalog has now, and gets all later ones.
            var lacksRows = await hasRowsAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await client.CreateCollectionAsync(
                    new MilvusSchema(Name, owner.Description, table.Model.Dimension, options.Mmap), cancellationToken).ConfigureAwait(false);
                LacksRows = lacksRows;
                if (lacksRows) logger.CollectionLost(Name);
                return !lacksRows;
            }
            catch (MilvusException e) when (e.Code == MilvusFault.AlreadyExists)
            {
                // Another process created it first.
                found = await client.FindCollectionAsync(Name, cancellationToken).ConfigureAwait(false)
                    ?? throw new VectorStoreException($"the Milvus collection {Name} is created and dropped repeatedly; try again later", e);
            }
        }

        Check(found);
        return false;
    }

    private void Check(MilvusCollectionDescription found)
    {
        if (!owner.Owns(found))
        {
            throw new VectorStoreException(
                $"the Milvus collection {Name} belongs to another system or another catalog; set MILVUS_DB to a database "
                + "that only the services of this catalog use (it is created if it does not exist), or drop that collection");
        }

        var dimension = found.Fields.FirstOrDefault(field => field.Name == MilvusSchema.Embedding)?.Dimension;
        if (dimension != table.Model.Dimension)
        {
            throw new VectorStoreException(
                $"the Milvus collection {Name} has vectors of {dimension} values, but table {table.Generation.Name} has "
                + $"{table.Model.Dimension}; drop that collection, it is then restored from the catalog");
        }
    }

    private async Task<LoadedCollection> LoadCreatedAsync(Task<bool> created, CancellationToken cancellationToken)
    {
        try
        {
            return await LoadAsync(created, cancellationToken).ConfigureAwait(false);
        }
        catch (MilvusException e) when (e.Code == MilvusFault.NotFound)
        {
            // Dropped by another client between its creation and its loading.
            lock (_lock) _created = null;
            onLost();
            throw;
        }
    }

    private async Task<LoadedCollection> LoadAsync(Task<bool> created, CancellationToken cancellationToken)
    {
        var isNew = await created.ConfigureAwait(false);
        var index = await client.DescribeIndexAsync(Name, cancellationToken).ConfigureAwait(false);
        if (index is null)
        {
            await client.CreateIndexAsync(Name, IndexParameters.ForNew(options, table.Metric), cancellationToken).ConfigureAwait(false);
            index = await client.DescribeIndexAsync(Name, cancellationToken).ConfigureAwait(false)
                ?? throw new VectorStoreException($"Milvus created no index for collection {Name}; try again later");
        }

        var progress = await client.LoadProgressAsync(Name, cancellationToken).ConfigureAwait(false);
        if (progress < 0) await client.LoadAsync(Name, options.Replicas, cancellationToken).ConfigureAwait(false);
        while (progress < 100)
        {
            await Task.Delay(LoadPollInterval, time, cancellationToken).ConfigureAwait(false);
            progress = await client.LoadProgressAsync(Name, cancellationToken).ConfigureAwait(false);
        }

        // Searches must see everything that any process wrote before the load.
        var minGuarantee = isNew ? 0 : await client.NowAsync(cancellationToken).ConfigureAwait(false);
        onLoaded();
        return new LoadedCollection(index.Parameters, minGuarantee);
    }
}
