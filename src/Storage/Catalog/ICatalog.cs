namespace ImageSearch.Storage.Catalog;

/// <summary>
/// The source of truth for tables and rows. A write's task completes after its commit is durable. Calls on rows name a generation and
/// return <see cref="FailureCode.TableDropped"/> if it is not live. They throw <see cref="CatalogException"/> if the catalog can't be
/// reached. Cancelling a write that has not started prevents it; one that has started is completed. All members are thread-safe.
/// </summary>
public interface ICatalog : IAsyncDisposable
{
    /// <summary>
    /// Identifies this catalog permanently. Data about its tables that is kept elsewhere carries this number: another catalog may have
    /// different tables of the same names and generations.
    /// </summary>
    long Identity { get; }

    /// <summary>Checks that the catalog works; a catalog in files of its own also checks that it can write.</summary>
    /// <returns>A warning about a failure to come, or null.</returns>
    /// <exception cref="CatalogException">It does not; the message says why and what to do.</exception>
    async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        await ListTablesAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>All live tables, by name.</summary>
    Task<IReadOnlyList<TableRecord>> ListTablesAsync(CancellationToken cancellationToken);

    /// <summary>The live table with this name, or null.</summary>
    Task<TableRecord?> FindTableAsync(TableName name, CancellationToken cancellationToken);

    /// <summary>Creates a table, or returns the live table with this name unchanged.</summary>
    Task<TableRecord> CreateTableAsync(TableName name, ModelIdentity model, Metric metric, CancellationToken cancellationToken);

    /// <summary>Drops a table. Calls that start after this one has completed no longer see its rows.</summary>
    /// <returns>False if the generation was not live.</returns>
    Task<bool> DropTableAsync(TableGeneration table, CancellationToken cancellationToken);

    /// <summary>Stores a row. Ids start at 1 and are never reused under the same name, even after a drop.</summary>
    /// <param name="table">The table. <see cref="NewPicture.Generation"/> and the model's name are ignored: the caller has checked them.</param>
    /// <param name="picture">What to store.</param>
    /// <param name="searchable">Stores <c>upload_status</c> 1: the vector store is filled from the catalog and can't lag behind it.</param>
    /// <param name="cancellationToken">Cancels the call before the catalog starts it.</param>
    /// <returns>The row, or <see cref="FailureCode.ModelMismatch"/> if the vector does not have the table's dimension.</returns>
    /// <exception cref="ArgumentException">A vector is not of unit length.</exception>
    Task<Result<RowVersion>> AddAsync(TableGeneration table, NewPicture picture, bool searchable, CancellationToken cancellationToken);

    /// <summary>Stores rows in one commit, each as <see cref="AddAsync"/> does; of two with one key, the later one replaces the earlier.</summary>
    /// <param name="table">The table.</param>
    /// <param name="pictures">What to store, at most <see cref="NewPicture.MaxPerAdd"/>.</param>
    /// <param name="searchable">As in <see cref="AddAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the call before the catalog starts it.</param>
    /// <returns>
    /// For each picture its row, or why that picture alone is not stored: a vector of another dimension or not of unit length, or a text
    /// that the database refuses.
    /// </returns>
    Task<Result<IReadOnlyList<Result<RowVersion>>>> AddManyAsync(
        TableGeneration table, IReadOnlyList<NewPicture> pictures, bool searchable, CancellationToken cancellationToken);

    /// <summary>Changes a row. New vectors replace those of both views and increment the version.</summary>
    /// <param name="table">The table.</param>
    /// <param name="change">What to change.</param>
    /// <param name="searchable">As in <see cref="AddAsync"/>; used only if the vectors change.</param>
    /// <param name="cancellationToken">Cancels the call before the catalog starts it.</param>
    /// <returns>
    /// The row with its version after the change, or <see cref="FailureCode.IdNotFound"/>, or <see cref="FailureCode.ModelMismatch"/> if
    /// the vector does not have the table's dimension.
    /// </returns>
    /// <exception cref="ArgumentException">A vector is not of unit length.</exception>
    Task<Result<RowVersion>> ChangeAsync(TableGeneration table, PictureChange change, bool searchable, CancellationToken cancellationToken);

    /// <summary>Deletes rows by id.</summary>
    /// <returns>The deleted rows with their last versions.</returns>
    Task<Result<IReadOnlyList<RowVersion>>> DeleteByIdsAsync(
        TableGeneration table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>Deletes all rows with one of the keys.</summary>
    /// <returns>The deleted rows with their last versions.</returns>
    Task<Result<IReadOnlyList<RowVersion>>> DeleteByKeysAsync(
        TableGeneration table, IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Sets <c>upload_status</c> 1 on rows that still have the given version.</summary>
    /// <returns>The number of rows that were found.</returns>
    Task<Result<int>> MarkSearchableAsync(TableGeneration table, IReadOnlyCollection<RowVersion> rows, CancellationToken cancellationToken);

    /// <summary>Which of these rows exist, with exactly the given version or another one. One query for any number of rows.</summary>
    Task<Result<JoinedRows>> ReadTextsAsync(
        TableGeneration table, IReadOnlyCollection<RowVersion> rows, CancellationToken cancellationToken);

    /// <summary>
    /// Ids and versions in ascending order of id, in batches, without reading vectors. A batch reflects every commit that completed before
    /// it was requested; rows added during the enumeration may be missing.
    /// </summary>
    /// <param name="table">The table; if it is dropped, the enumeration throws <see cref="CatalogException"/>.</param>
    /// <param name="selection">Which rows.</param>
    /// <param name="cancellationToken">Cancels the enumeration.</param>
    IAsyncEnumerable<IReadOnlyList<RowVersion>> ReadVersionsAsync(
        TableGeneration table, RowSelection selection, CancellationToken cancellationToken);

    /// <summary>Stored vectors of those of these ids that exist.</summary>
    /// <param name="table">The table; if it is dropped, the enumeration throws <see cref="CatalogException"/>.</param>
    /// <param name="dimension">The required number of values; other rows are reported as refused.</param>
    /// <param name="ids">Ascending and distinct.</param>
    /// <param name="cancellationToken">Cancels the enumeration.</param>
    IAsyncEnumerable<VectorBatch> ReadVectorsAsync(
        TableGeneration table, int dimension, IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Stored vectors in ascending order of id, in batches. Each batch is a short read of its own, so a long enumeration does not block
    /// writers; rows added meanwhile may be missing. A finite, non-zero vector that is not of unit length is normalised.
    /// </summary>
    /// <param name="table">The table; if it is dropped, the enumeration throws <see cref="CatalogException"/>.</param>
    /// <param name="dimension">The required number of values; other rows are reported as refused.</param>
    /// <param name="selection">Which rows.</param>
    /// <param name="cancellationToken">Cancels the enumeration.</param>
    IAsyncEnumerable<VectorBatch> ReadVectorsAsync(
        TableGeneration table, int dimension, RowSelection selection, CancellationToken cancellationToken);

    /// <summary>Rows with <c>upload_status</c> 1.</summary>
    Task<Result<long>> CountSearchableAsync(TableGeneration table, CancellationToken cancellationToken);
}
