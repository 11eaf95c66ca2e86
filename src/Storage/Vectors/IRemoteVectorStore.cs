using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Vectors;

/// <summary>
/// A vector store on a separate server, which keeps its copy when this process ends, may be unavailable for a while, and may lose data.
/// </summary>
public interface IRemoteVectorStore : IVectorStore
{
    /// <summary>Checks that the server responds.</summary>
    /// <exception cref="VectorStoreException">It does not respond.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Incremented whenever the copy of an open table may have diverged from the catalog by more than waiting rows: it was opened, the outcome of a
    /// write is unknown, or the server lost it.
    /// </summary>
    long Doubts(TableGeneration table);

    /// <summary>Whether the table is open and was compared with the catalog after the last doubt.</summary>
    bool IsSettled(TableGeneration table);

    /// <summary>Records that the table was compared with the catalog and missing rows were put.</summary>
    /// <param name="table">The table.</param>
    /// <param name="doubts">The value of <see cref="Doubts"/> before the comparison began.</param>
    void Settled(TableGeneration table, long doubts);

    /// <summary>Removes from the server what remains of tables that the catalog no longer has, and nothing of other systems.</summary>
    /// <exception cref="VectorStoreException">The server is unavailable; the caller retries later.</exception>
    Task SweepAsync(CancellationToken cancellationToken);
}
