namespace ImageSearch.Storage.Catalog;

/// <summary>
/// The truth about tables and rows. A write's task ends after its commit is durable. Every call on rows names a generation and answers
/// <see cref="FailureCode.TableDropped"/> when that table is gone. A catalog that can't be reached throws <see cref="CatalogException"/>.
/// A write that is cancelled before the catalog began with it does nothing; one that has begun is finished and answered.
/// All members may be called from many threads at a time.
/// </summary>
public interface ICatalog : IAsyncDisposable
{
    /// <summary>
    /// Tells this catalog from every other, for life. What is kept outside of it for its tables goes by this number: another catalog has
    /// other tables of the same names and generations.
    /// </summary>
    long Identity { get; }

    /// <summary>Whether the catalog can do its work at present, also that of writing where it keeps its own files.</summary>
    /// <returns>What threatens to end that, or null.</returns>
    /// <exception cref="CatalogException">It can't; the sentence says why and what to do.</exception>
    async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        await ListTablesAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>All live tables, by name.</summary>
    Task<IReadOnlyList<TableRecord>> ListTablesAsync(CancellationToken cancellationToken);

    /// <summary>The live table of a name, or null.</summary>
    Task<TableRecord?> FindTableAsync(TableName name, CancellationToken cancellationToken);

    /// <summary>Makes a table; where a live one has the name, that one is given back as it is.</summary>
    Task<TableRecord> CreateTableAsync(TableName name, ModelIdentity model, Metric metric, CancellationToken cancellationToken);

    /// <summary>Ends a table; its rows are gone for every call that starts after this one has ended.</summary>
    /// <returns>False where the generation was not live.</returns>
    Task<bool> DropTableAsync(TableGeneration table, CancellationToken cancellationToken);

    /// <summary>Stores a row. Ids start at 1 and are never used twice under one name, also after a drop.</summary>
    /// <param name="table">The table, whatever <see cref="NewPicture.Generation"/> says: the caller has compared that and the model.</param>
    /// <param name="picture">What to store.</param>
    /// <param name="searchable">Written as <c>upload_status</c> 1: the vector store can't be behind the catalog.</param>
    /// <param name="cancellationToken">Ends the call before the catalog begins with it.</param>
    /// <returns>The row, or <see cref="FailureCode.ModelMismatch"/> where the vector has not the table's dimension.</returns>
    /// <exception cref="ArgumentException">A vector has not unit length.</exception>
    Task<Result<RowVersion>> AddAsync(TableGeneration table, NewPicture picture, bool searchable, CancellationToken cancellationToken);

    /// <summary>Changes a row. New vectors increment its version and replace those of both views.</summary>
    /// <param name="table">The table.</param>
    /// <param name="change">What to change.</param>
    /// <param name="searchable">As in <see cref="AddAsync"/>, where the vectors change.</param>
    /// <param name="cancellationToken">Ends the call before the catalog begins with it.</param>
    /// <returns>
    /// The row with its version after the change, or <see cref="FailureCode.IdNotFound"/>, or <see cref="FailureCode.ModelMismatch"/> where
    /// the vector has not the table's dimension.
    /// </returns>
    /// <exception cref="ArgumentException">A vector has not unit length.</exception>
    Task<Result<RowVersion>> ChangeAsync(TableGeneration table, PictureChange change, bool searchable, CancellationToken cancellationToken);

    /// <summary>Deletes rows by id.</summary>
    /// <returns>The rows that were there, with their last versions.</returns>
    Task<Result<IReadOnlyList<RowVersion>>> DeleteByIdsAsync(
        TableGeneration table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>Deletes all rows with one of the keys.</summary>
    /// <returns>The rows that were there, with their last versions.</returns>
    Task<Result<IReadOnlyList<RowVersion>>> DeleteByKeysAsync(
        TableGeneration table, IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Sets <c>upload_status</c> 1 on rows that still have the given version.</summary>
    /// <returns>How many there were.</returns>
    Task<Result<int>> MarkSearchableAsync(TableGeneration table, IReadOnlyCollection<RowVersion> rows, CancellationToken cancellationToken);

    /// <summary>Which of these rows live, with exactly the given version or with another. One query, whatever the number.</summary>
    Task<Result<JoinedRows>> ReadTextsAsync(
        TableGeneration table, IReadOnlyCollection<RowVersion> rows, CancellationToken cancellationToken);

    /// <summary>
    /// Ids and versions in ascending order of id, a batch at a time, without touching a vector. A batch shows every commit that ended
    /// before it was asked for; rows added during the walk may or may not come.
    /// </summary>
    /// <param name="table">The table; when it is dropped meanwhile the walk ends with <see cref="CatalogException"/>.</param>
    /// <param name="selection">Which rows.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    IAsyncEnumerable<IReadOnlyList<RowVersion>> ReadVersionsAsync(
        TableGeneration table, RowSelection selection, CancellationToken cancellationToken);

    /// <summary>As the walk over all rows, for those of these ids that are there.</summary>
    /// <param name="table">The table; when it is dropped meanwhile the walk ends with <see cref="CatalogException"/>.</param>
    /// <param name="dimension">Values a vector must have; other rows are refused by id.</param>
    /// <param name="ids">Ascending, each once.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    IAsyncEnumerable<VectorBatch> ReadVectorsAsync(
        TableGeneration table, int dimension, IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Stored vectors in ascending order of id, a batch at a time. Each batch is a short read of its own, so a long walk holds up no
    /// writer; rows added meanwhile may or may not come. A stored vector that is finite and not zero but not of unit length is normalised.
    /// </summary>
    /// <param name="table">The table; when it is dropped meanwhile the walk ends with <see cref="CatalogException"/>.</param>
    /// <param name="dimension">Values a vector must have; other rows are refused by id.</param>
    /// <param name="selection">Which rows.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    IAsyncEnumerable<VectorBatch> ReadVectorsAsync(
        TableGeneration table, int dimension, RowSelection selection, CancellationToken cancellationToken);

    /// <summary>Rows with <c>upload_status</c> 1.</summary>
    Task<Result<long>> CountSearchableAsync(TableGeneration table, CancellationToken cancellationToken);
}
