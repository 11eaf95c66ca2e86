using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Milvus.Collections;

/// <summary>
/// One generation's collection on the server: made where it is absent, with its index, and loaded for searching. What is known of it is
/// thrown away when a call shows that it is not so, and found out anew by the next.
/// </summary>
internal sealed class TableCollection(
    MilvusClient client, MilvusOptions options, TableRecord table, CollectionOwner owner, Func<CancellationToken, Task<bool>> hasRowsAsync,
    TimeProvider time, ILogger logger, Action loaded, Action lost) : IAsyncDisposable
{
    private static readonly TimeSpan LoadLook = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private Task<bool>? _made;
    private Task<LoadedCollection>? _loaded;
    private Task _loading = Task.CompletedTask;

    public string Name { get; } = CollectionName.Of(table.Generation);

    /// <summary>The collection was made anew for a table that has rows: until they are there again its searches would lack them.</summary>
    public bool LacksRows { get; private set; }

    /// <summary>The rows are there.</summary>
    public void MarkFilled() => LacksRows = false;

    /// <summary>Sees that the collection exists.</summary>
    /// <returns>It was made here, so what it holds was written here.</returns>
    public Task<bool> EnsureCreatedAsync()
    {
        lock (_lock)
        {
            if (_made is null or { IsFaulted: true }) _made = Task.Run(() => RunUntilClosedAsync(MakeAsync));
            return _made;
        }
    }

    /// <summary>Sees that the collection is indexed and loaded.</summary>
    public Task<LoadedCollection> EnsureLoadedAsync()
    {
        lock (_lock)
        {
            if (_loaded is null or { IsFaulted: true })
            {
                var made = EnsureCreatedAsync();
                _loading = _loaded = Task.Run(() => RunUntilClosedAsync(token => LoadMadeAsync(made, token)));
            }

            return _loaded;
        }
    }

    /// <summary>A call showed that the collection, or its loading, is not as it was.</summary>
    public void Invalidate()
    {
        lock (_lock)
        {
            if (_made is { IsCompleted: true }) _made = null;
            if (_loaded is { IsCompleted: true }) _loaded = null;
        }
    }


    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        Task[] running;
        lock (_lock) running = [_made ?? Task.CompletedTask, _loading];
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    // Whoever waits is told as of any other failure: it is not their call that was cancelled.
    private async Task<T> RunUntilClosedAsync<T>(Func<CancellationToken, Task<T>> call)
    {
        try
        {
            return await call(_closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            throw new VectorStoreException($"table {table.Generation} is closed", e) { NeedsReopening = true };
        }
    }

    private async Task<bool> MakeAsync(CancellationToken cancellationToken)
    {
        await client.EnsureDatabaseAsync(cancellationToken).ConfigureAwait(false);
        var found = await client.FindCollectionAsync(Name, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            // Asked before it is made: what the catalog has by then, the collection lacks.
            var lacksRows = await hasRowsAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await client.CreateCollectionAsync(
                    new MilvusSchema(Name, owner.Description, table.Model.Dimension, options.Mmap), cancellationToken).ConfigureAwait(false);
                LacksRows = lacksRows;
                if (lacksRows) CollectionLog.CollectionLost(logger, Name);
                return !lacksRows;
            }
            catch (MilvusException e) when (e.Code == MilvusFault.AlreadyExists)
            {
                // Another process was faster.
                found = await client.FindCollectionAsync(Name, cancellationToken).ConfigureAwait(false)
                    ?? throw new VectorStoreException($"Milvus' collection {Name} comes and goes; try again later", e);
            }
        }

        Check(found);
        return false;
    }

    private void Check(MilvusCollection found)
    {
        if (!owner.Owns(found))
        {
            throw new VectorStoreException(
                $"Milvus has a collection {Name} that belongs to another system or another catalog; set MILVUS_DB to a database "
                + "that only this catalog's services use (it is made where it is missing), or remove that collection");
        }

        var dimension = found.Fields.FirstOrDefault(field => field.Name == MilvusSchema.Embedding)?.Dimension;
        if (dimension != table.Model.Dimension)
        {
            throw new VectorStoreException(
                $"Milvus' collection {Name} holds vectors of {dimension} values, but table {table.Generation.Name} has "
                + $"{table.Model.Dimension}; remove that collection, it is made anew from the catalog");
        }
    }

    private async Task<LoadedCollection> LoadMadeAsync(Task<bool> made, CancellationToken cancellationToken)
    {
        try
        {
            return await LoadAsync(made, cancellationToken).ConfigureAwait(false);
        }
        catch (MilvusException e) when (e.Code == MilvusFault.NotFound)
        {
            // Removed by somebody else between its making and its loading.
            lock (_lock) _made = null;
            lost();
            throw;
        }
    }

    private async Task<LoadedCollection> LoadAsync(Task<bool> made, CancellationToken cancellationToken)
    {
        var isNew = await made.ConfigureAwait(false);
        var index = await client.DescribeIndexAsync(Name, cancellationToken).ConfigureAwait(false);
        if (index is null)
        {
            await client.CreateIndexAsync(Name, IndexParameters.ForNew(options, table.Metric), cancellationToken).ConfigureAwait(false);
            index = await client.DescribeIndexAsync(Name, cancellationToken).ConfigureAwait(false)
                ?? throw new VectorStoreException($"Milvus made no index for collection {Name}; try again later");
        }

        var progress = await client.LoadProgressAsync(Name, cancellationToken).ConfigureAwait(false);
        if (progress < 0) await client.LoadAsync(Name, options.Replicas, cancellationToken).ConfigureAwait(false);
        while (progress < 100)
        {
            await Task.Delay(LoadLook, time, cancellationToken).ConfigureAwait(false);
            progress = await client.LoadProgressAsync(Name, cancellationToken).ConfigureAwait(false);
        }

        // What was written until now, by whomever, is to be seen by the first search; later ones may take it for granted.
        var least = isNew ? 0 : await client.NowAsync(cancellationToken).ConfigureAwait(false);
        loaded();
        return new LoadedCollection(index.Parameters, least);
    }
}

/// <summary>A collection that can be searched.</summary>
/// <param name="Index">What its index was made with.</param>
/// <param name="Least">The moment that every search's answer must cover at the least, in the server's time; 0 for none.</param>
internal sealed record LoadedCollection(IReadOnlyDictionary<string, string> Index, ulong Least);
