using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Vectors;

/// <summary>
/// A vector store on a separate server. The server keeps its copy when this process ends, can be unreachable for a while, and can come
/// back with data missing.
/// </summary>
public interface IRemoteVectorStore : IVectorStore
{
    /// <summary>Checks that the server responds.</summary>
    /// <exception cref="VectorStoreException">The server does not respond.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Incremented whenever the copy of an open table may have diverged from the catalog by more than the rows that wait to be indexed: the
    /// table was opened, the outcome of a write is unknown, or the server lost the copy.
    /// </summary>
    long Epoch(TableGeneration table);

    /// <summary>Whether the table is open and was reconciled with the catalog in its current epoch.</summary>
    bool IsReconciled(TableGeneration table);

    /// <summary>Records that the table was compared with the catalog and that the missing rows were written.</summary>
    /// <param name="table">The table.</param>
    /// <param name="epoch">The <see cref="Epoch"/> before the comparison began.</param>
    void MarkReconciled(TableGeneration table, long epoch);

    /// <summary>Removes the copies of tables that the catalog no longer has. Data of other systems is never removed.</summary>
    /// <exception cref="VectorStoreException">The server is unreachable; the caller tries again later.</exception>
    Task SweepAsync(CancellationToken cancellationToken);
}
