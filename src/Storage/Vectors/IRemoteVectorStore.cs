using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Vectors;

/// <summary>
/// A vector store on a server of its own, which keeps its copy when this process ends, may be gone for a while, and may come back without
/// all that it had.
/// </summary>
public interface IRemoteVectorStore : IVectorStore
{
    /// <summary>Sees that the server answers.</summary>
    /// <exception cref="VectorStoreException">It does not.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Grows whenever the copy of an open table may have come to differ from the catalog by more than rows that wait: it was opened, a
    /// write's outcome stayed open, the server has lost it.
    /// </summary>
    long Doubts(TableGeneration table);

    /// <summary>The table is open, and was compared with the catalog after the last doubt.</summary>
    bool IsSettled(TableGeneration table);

    /// <summary>The table was compared with the catalog, and what was missing was put.</summary>
    /// <param name="table">The table.</param>
    /// <param name="doubts">What <see cref="Doubts"/> said before the comparison began.</param>
    void Settled(TableGeneration table, long doubts);

    /// <summary>Removes from the server what is left of tables that the catalog no longer has, and nothing that is another system's.</summary>
    /// <exception cref="VectorStoreException">The server is gone; it is tried again later.</exception>
    Task SweepAsync(CancellationToken cancellationToken);
}
