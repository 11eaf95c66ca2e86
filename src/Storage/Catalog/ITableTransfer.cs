namespace ImageSearch.Storage.Catalog;

/// <summary>
/// Rows as stored, with ids, dates and feature texts: what export and import need beyond <see cref="ICatalog"/>. Every call returns
/// <see cref="FailureCode.TableDropped"/> if the generation is not live.
/// </summary>
public interface ITableTransfer
{
    /// <summary>The number of rows and the last id.</summary>
    Task<Result<TableExtent>> ReadExtentAsync(TableGeneration table, CancellationToken cancellationToken);

    /// <summary>Rows in ascending order of id.</summary>
    /// <param name="table">The table.</param>
    /// <param name="after">Reads rows with a greater id.</param>
    /// <param name="count">Maximum number of rows, 1..10,000; fewer are returned only at the end of the table.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<Result<IReadOnlyList<StoredRow>>> ReadRowsAsync(TableGeneration table, long after, int count, CancellationToken cancellationToken);

    /// <summary>The existing rows with these ids, in ascending order of id.</summary>
    Task<Result<IReadOnlyList<StoredRow>>> FindRowsAsync(
        TableGeneration table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Stores rows with all their columns in one commit. A row whose id exists is skipped. A row without a date gets the current one. Later
    /// adds get ids greater than all stored ids below 2^53, and below 2^53 themselves.
    /// </summary>
    /// <returns>The stored ids, ascending.</returns>
    Task<Result<IReadOnlyList<long>>> InsertRowsAsync(
        TableGeneration table, IReadOnlyList<StoredRow> rows, CancellationToken cancellationToken);

    /// <summary>
    /// Makes ids of later adds greater than this one, so that ids of rows that were deleted in the source are not reused.
    /// </summary>
    Task<Result<Done>> RaiseLastIdAsync(TableGeneration table, long lastId, CancellationToken cancellationToken);
}

/// <summary>The number of rows of a table, and the greatest id below 2^53 that it has assigned, including ids of deleted rows.</summary>
/// <param name="Rows">Rows, searchable or not.</param>
/// <param name="LastId">0 if there has never been a row.</param>
public sealed record TableExtent(long Rows, long LastId);

/// <summary>A row with every column as stored. Dates are UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>.</summary>
public sealed record StoredRow
{
    /// <summary>The id, 1 or more.</summary>
    public required long Id { get; init; }

    /// <summary>The column milvus_id.</summary>
    public long? MilvusId { get; init; }

    /// <summary>The shop's label.</summary>
    public string? Tags { get; init; }

    /// <summary>The shop's summary.</summary>
    public string? Brief { get; init; }

    /// <summary>1: searchable; 0: not yet in the vector store.</summary>
    public required int UploadStatus { get; init; }

    /// <summary>Incremented with every change of the picture.</summary>
    public required int Version { get; init; }

    /// <summary>The shop's own key.</summary>
    public string? ItemKey { get; init; }

    /// <summary>The shop's path of the picture.</summary>
    public string? FilePath { get; init; }

    /// <summary>When the row was created.</summary>
    public string? CreateDate { get; init; }

    /// <summary>When it was last changed.</summary>
    public string? ModifyDate { get; init; }

    /// <summary>The column product_id.</summary>
    public string? ProductId { get; init; }

    /// <summary>The column attributes.</summary>
    public string? Attributes { get; init; }

    /// <summary>The whole picture's vector as text, in the encoding in which it was stored.</summary>
    public string? Feature { get; init; }

    /// <summary>The main object's vector.</summary>
    public string? FeatureObject { get; init; }
}
