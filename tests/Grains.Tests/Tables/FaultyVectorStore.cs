using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using ImageSearch.Storage.Vectors.Embedded;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>The embedded store with faults and pauses injected by a test.</summary>
public class FaultyVectorStore(bool isFilledFromCatalog, string? folder = null, long memoryLimit = 1 << 30) : IVectorStore
{
    private readonly EmbeddedVectorStore _store = new(new EmbeddedVectorStoreOptions { Folder = folder, MemoryLimitBytes = memoryLimit });

    public bool IsFilledFromCatalog => isFilledFromCatalog;

    /// <summary>True: calls fail as if the server were unreachable.</summary>
    public bool IsDown { get; set; }

    /// <summary>True: removals have no effect, as in a store that lags behind.</summary>
    public bool IgnoresRemovals { get; set; }

    /// <summary>True: the store loses the table at the next search.</summary>
    public bool LosesTable { get; set; }

    /// <summary>Awaited before each search.</summary>
    public Func<Task> BeforeSearch { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited before each put.</summary>
    public Func<Task> BeforePut { get; set; } = () => Task.CompletedTask;

    public int Searches { get; private set; }

    public long Bytes => _store.Bytes;

    public Task OpenAsync(TableRecord table, CancellationToken cancellationToken) =>
        WhileUp(() => _store.OpenAsync(table, cancellationToken));

    public Task<Reconciliation> ReconcileAsync(
        TableGeneration table, IAsyncEnumerable<IReadOnlyList<RowVersion>> catalogRows, CancellationToken cancellationToken) =>
        _store.ReconcileAsync(table, catalogRows, cancellationToken);

    public async Task PutAsync(TableGeneration table, IReadOnlyList<RowVectors> rows, CancellationToken cancellationToken)
    {
        await BeforePut();
        await WhileUp(() => _store.PutAsync(table, rows, cancellationToken));
    }

    public Task RemoveAsync(TableGeneration table, IReadOnlyList<RowVersion> rows, CancellationToken cancellationToken) =>
        IgnoresRemovals ? Task.CompletedTask : WhileUp(() => _store.RemoveAsync(table, rows, cancellationToken));

    public async Task<IReadOnlyList<VectorHit>> SearchAsync(
        TableGeneration table, IReadOnlyList<ReadOnlyMemory<float>> views, int topK, AllowedRows? allowed, CancellationToken cancellationToken)
    {
        Searches++;
        await BeforeSearch();
        if (LosesTable)
        {
            LosesTable = false;
            await _store.DropAsync(table, cancellationToken);
        }

        if (IsDown) throw new VectorStoreException("the test has stopped the vector store");
        return await _store.SearchAsync(table, views, topK, allowed, cancellationToken);
    }

    public StoredSize SizeOf(TableGeneration table) => _store.SizeOf(table);

    public void Release(TableGeneration table) => _store.Release(table);

    public Task DropAsync(TableGeneration table, CancellationToken cancellationToken) =>
        WhileUp(() => _store.DropAsync(table, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private Task WhileUp(Func<Task> call) =>
        IsDown ? Task.FromException(new VectorStoreException("the test has stopped the vector store")) : call();
}
