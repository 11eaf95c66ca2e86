using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using ImageSearch.Storage.Vectors.Embedded;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>The embedded store with faults and pauses that a test asks for.</summary>
public class FaultyVectorStore(bool isFilledFromCatalog, string? folder = null, long memoryLimit = 1 << 30) : IVectorStore
{
    private readonly EmbeddedVectorStore _store = new(new EmbeddedVectorStoreOptions { Folder = folder, MemoryLimitBytes = memoryLimit });

    public bool IsFilledFromCatalog => isFilledFromCatalog;

    /// <summary>True: as if the server were gone.</summary>
    public bool Down { get; set; }

    /// <summary>True: the store keeps what it should forget, as one that lags behind does.</summary>
    public bool ForgetsNothing { get; set; }

    /// <summary>True: the next search finds that the store has lost the table.</summary>
    public bool Lost { get; set; }

    /// <summary>Awaited before each search.</summary>
    public Func<Task> BeforeSearch { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited before each put.</summary>
    public Func<Task> BeforePut { get; set; } = () => Task.CompletedTask;

    public int Searches { get; private set; }

    public long Bytes => _store.Bytes;

    public Task OpenAsync(TableRecord table, CancellationToken cancellationToken) =>
        Up(() => _store.OpenAsync(table, cancellationToken));

    public Task<Reconciliation> ReconcileAsync(
        TableGeneration table, IAsyncEnumerable<IReadOnlyList<RowVersion>> catalogRows, CancellationToken cancellationToken) =>
        _store.ReconcileAsync(table, catalogRows, cancellationToken);

    public async Task PutAsync(TableGeneration table, IReadOnlyList<RowVectors> rows, CancellationToken cancellationToken)
    {
        await BeforePut();
        await Up(() => _store.PutAsync(table, rows, cancellationToken));
    }

    public Task RemoveAsync(TableGeneration table, IReadOnlyList<RowVersion> rows, CancellationToken cancellationToken) =>
        ForgetsNothing ? Task.CompletedTask : Up(() => _store.RemoveAsync(table, rows, cancellationToken));

    public async Task<IReadOnlyList<VectorHit>> SearchAsync(
        TableGeneration table, IReadOnlyList<ReadOnlyMemory<float>> views, int topK, CancellationToken cancellationToken)
    {
        Searches++;
        await BeforeSearch();
        if (Lost)
        {
            Lost = false;
            await _store.DropAsync(table, cancellationToken);
        }

        if (Down) throw new VectorStoreException("the vector store is gone on purpose");
        return await _store.SearchAsync(table, views, topK, cancellationToken);
    }

    public void LetGo(TableGeneration table) => _store.LetGo(table);

    public Task DropAsync(TableGeneration table, CancellationToken cancellationToken) =>
        Up(() => _store.DropAsync(table, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private Task Up(Func<Task> call) =>
        Down ? Task.FromException(new VectorStoreException("the vector store is gone on purpose")) : call();
}
