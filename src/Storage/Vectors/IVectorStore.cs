using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Vectors;

/// <summary>
/// Finds the nearest vectors of a table: a copy of what the catalog holds, which can be rebuilt from it. It may be behind the catalog, so
/// whoever searches joins the hits with the catalog on id and version. A store that can't be reached throws
/// <see cref="VectorStoreException"/>. All members may be called from many threads at a time.
/// </summary>
public interface IVectorStore : IAsyncDisposable
{
    /// <summary>
    /// True: the store lives in this process and is filled from the catalog when a table is opened, so a row is as good as searchable
    /// once it is committed. False: it keeps its own copy elsewhere and a row is searchable when the store has acknowledged it.
    /// </summary>
    bool IsFilledFromCatalog { get; }

    /// <summary>Makes room for a table; one that is open already stays as it is.</summary>
    Task OpenAsync(TableRecord table, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets the rows that the catalog does not have, or has with another version, and says which of its rows are missing. Rows that are
    /// put meanwhile stay.
    /// </summary>
    /// <param name="table">An open table.</param>
    /// <param name="catalogRows">All of the catalog's rows, ascending by id; read from now on, not before.</param>
    /// <param name="cancellationToken">Ends the comparison; what is forgotten stays so.</param>
    Task<Reconciliation> ReconcileAsync(
        TableGeneration table, IAsyncEnumerable<IReadOnlyList<RowVersion>> catalogRows, CancellationToken cancellationToken);

    /// <summary>Stores vectors; a row's older version is replaced, a newer one stays.</summary>
    Task PutAsync(TableGeneration table, IReadOnlyList<RowVectors> rows, CancellationToken cancellationToken);

    /// <summary>Forgets these versions of rows and older ones; a newer one stays.</summary>
    Task RemoveAsync(TableGeneration table, IReadOnlyList<RowVersion> rows, CancellationToken cancellationToken);

    /// <summary>
    /// The nearest rows to any of the query's views, nearest first, each row once. Fewer than <paramref name="topK"/> are given only when
    /// the table has no more.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="views">One or two vectors of unit length.</param>
    /// <param name="topK">Rows wanted.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    Task<IReadOnlyList<VectorHit>> SearchAsync(
        TableGeneration table, IReadOnlyList<ReadOnlyMemory<float>> views, int topK, CancellationToken cancellationToken);

    /// <summary>Says that a table is used elsewhere from now on, so that its memory here may go. It may be used again all the same.</summary>
    void LetGo(TableGeneration table);

    /// <summary>Forgets a table; one that is not there is passed over.</summary>
    Task DropAsync(TableGeneration table, CancellationToken cancellationToken);
}

/// <summary>A row near the query.</summary>
/// <param name="Row">The row and the version whose vector was near.</param>
/// <param name="SquaredDistance">Squared Euclidean distance of the nearer view, 0..4.</param>
public readonly record struct VectorHit(RowVersion Row, float SquaredDistance);

/// <summary>What a comparison of the vector store with the catalog gave.</summary>
/// <param name="Missing">Ids of the catalog's rows whose vectors are to be put, ascending.</param>
/// <param name="Removed">Rows that were forgotten.</param>
/// <param name="InCatalog">Rows that the catalog has.</param>
public sealed record Reconciliation(IReadOnlyList<long> Missing, long Removed, long InCatalog);

/// <summary>The vector store could not do its work.</summary>
public class VectorStoreException : Exception
{
    /// <summary>An exception with a sentence.</summary>
    public VectorStoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Opening the table anew and comparing it with the catalog mends it.</summary>
    public bool NeedsReopening { get; init; }
}
