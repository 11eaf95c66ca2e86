using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Vectors;

/// <summary>
/// Finds the nearest vectors of a table. The store is a copy of the catalog that can be rebuilt from it. It may lag behind the catalog,
/// so callers join the hits with the catalog on id and version. Members throw <see cref="VectorStoreException"/> if the store can't be
/// reached. All members are thread-safe.
/// </summary>
public interface IVectorStore : IAsyncDisposable
{
    /// <summary>
    /// True: the store is in this process and is filled from the catalog when a table is opened, so a committed row counts as searchable.
    /// False: it keeps its copy elsewhere, and a row is searchable once the store has acknowledged it.
    /// </summary>
    bool IsFilledFromCatalog { get; }

    /// <summary>Opens a table, which may be new; no effect if it is open.</summary>
    Task OpenAsync(TableRecord table, CancellationToken cancellationToken);

    /// <summary>
    /// Removes rows that the catalog does not have or has with another version, and reports which of its rows are missing. Rows that are
    /// put concurrently are kept.
    /// </summary>
    /// <param name="table">An open table.</param>
    /// <param name="catalogRows">All of the catalog's rows, ascending by id; reading them must start after this call.</param>
    /// <param name="cancellationToken">Cancels the comparison; removed rows stay removed.</param>
    Task<Reconciliation> ReconcileAsync(
        TableGeneration table, IAsyncEnumerable<IReadOnlyList<RowVersion>> catalogRows, CancellationToken cancellationToken);

    /// <summary>Stores vectors. Replaces an older version of a row and keeps a newer one.</summary>
    Task PutAsync(TableGeneration table, IReadOnlyList<RowVectors> rows, CancellationToken cancellationToken);

    /// <summary>Removes these and older versions of rows, and keeps newer ones.</summary>
    Task RemoveAsync(TableGeneration table, IReadOnlyList<RowVersion> rows, CancellationToken cancellationToken);

    /// <summary>
    /// The nearest rows to any of the query's views, nearest first, each row once. Returns fewer than <paramref name="topK"/> only if the
    /// table has no more.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="views">One or two vectors of unit length.</param>
    /// <param name="topK">Number of rows. A remote store may have a maximum, see <see cref="MaxTopK"/>.</param>
    /// <param name="allowed">The rows that may be returned; null for all.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    Task<IReadOnlyList<VectorHit>> SearchAsync(
        TableGeneration table, IReadOnlyList<ReadOnlyMemory<float>> views, int topK, AllowedRows? allowed, CancellationToken cancellationToken);

    /// <summary>The nearest rows to each of many vectors, as <see cref="SearchAsync"/> finds them or better.</summary>
    /// <param name="table">The table.</param>
    /// <param name="queries">Vectors of unit length.</param>
    /// <param name="topK">Number of rows for each.</param>
    /// <param name="cancellationToken">Cancels the searches.</param>
    async Task<IReadOnlyList<IReadOnlyList<VectorHit>>> SearchManyAsync(
        TableGeneration table, IReadOnlyList<ReadOnlyMemory<float>> queries, int topK, CancellationToken cancellationToken)
    {
        var found = new List<IReadOnlyList<VectorHit>>(queries.Count);
        foreach (var query in queries) found.Add(await SearchAsync(table, [query], topK, null, cancellationToken).ConfigureAwait(false));
        return found;
    }

    /// <summary>The greatest number of hits of one search.</summary>
    int MaxTopK => int.MaxValue;

    /// <summary>
    /// How far the squared distance of a hit may be from <see cref="ExactDistance"/>; 0 if it never differs. Where it may, callers that need
    /// an order which two searches agree on compute the distances themselves.
    /// </summary>
    float DistanceError => 0;

    /// <summary>The size of a table's index in this process and on its disk; 0 of what is elsewhere or not loaded.</summary>
    StoredSize SizeOf(TableGeneration table) => default;

    /// <summary>
    /// Hints that another process uses the table from now on, so that its memory here can be freed. It can still be used.
    /// </summary>
    void Release(TableGeneration table);

    /// <summary>Removes a table; no effect if it does not exist.</summary>
    Task DropAsync(TableGeneration table, CancellationToken cancellationToken);
}

/// <summary>A row near the query.</summary>
/// <param name="Row">The row and the version whose vector was near.</param>
/// <param name="SquaredDistance">Squared Euclidean distance of the nearer view, 0..4.</param>
public readonly record struct VectorHit(RowVersion Row, float SquaredDistance);

/// <summary>The size of a table's index.</summary>
/// <param name="MemoryBytes">Its memory.</param>
/// <param name="DiskBytes">Its files.</param>
public readonly record struct StoredSize(long MemoryBytes, long DiskBytes);

/// <summary>The result of comparing the vector store with the catalog.</summary>
/// <param name="Missing">Ids of the catalog's rows that the store lacks, ascending.</param>
/// <param name="Removed">Number of removed rows.</param>
/// <param name="InCatalog">Number of the catalog's rows.</param>
public sealed record Reconciliation(IReadOnlyList<long> Missing, long Removed, long InCatalog);

/// <summary>The vector store failed.</summary>
public class VectorStoreException : Exception
{
    /// <summary>An exception with a message for the client.</summary>
    public VectorStoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Whether reopening the table and comparing it with the catalog repairs it.</summary>
    public bool NeedsReopening { get; init; }
}
