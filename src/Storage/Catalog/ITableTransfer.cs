namespace ImageSearch.Storage.Catalog;

/// <summary>
/// Rows as they are stored, with their ids, dates and texts of features: what export and import need beyond <see cref="ICatalog"/>. Every call
/// answers <see cref="FailureCode.TableDropped"/> where the generation is not live.
/// </summary>
public interface ITableTransfer
{
    /// <summary>How much there is to read.</summary>
    Task<Result<TableExtent>> ReadExtentAsync(TableGeneration table, CancellationToken cancellationToken);

    /// <summary>Rows in ascending order of id.</summary>
    /// <param name="table">The table.</param>
    /// <param name="after">Rows with a greater id are read.</param>
    /// <param name="count">At most so many, 1..10,000; fewer only where there are no more.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<Result<IReadOnlyList<StoredRow>>> ReadRowsAsync(TableGeneration table, long after, int count, CancellationToken cancellationToken);

    /// <summary>The rows of these ids that there are, in ascending order of id.</summary>
    Task<Result<IReadOnlyList<StoredRow>>> FindRowsAsync(
        TableGeneration table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Stores rows with all their columns, in one commit. A row whose id is taken is left out, whatever the other row holds. A row without a
    /// date gets the present one. Ids of later adds are greater than all of them that are below 2^53, and stay below it themselves.
    /// </summary>
    /// <returns>The ids that were stored, ascending.</returns>
    Task<Result<IReadOnlyList<long>>> InsertRowsAsync(
        TableGeneration table, IReadOnlyList<StoredRow> rows, CancellationToken cancellationToken);

    /// <summary>Makes ids of later adds greater than this one: ids of rows that were deleted where the rows come from stay unused.</summary>
    Task<Result<Done>> RaiseLastIdAsync(TableGeneration table, long lastId, CancellationToken cancellationToken);
}

/// <summary>How many rows a table has, and the greatest id below 2^53 that it gave out, also to rows that are deleted by now.</summary>
/// <param name="Rows">Rows, searchable or not.</param>
/// <param name="LastId">0 where there never was a row.</param>
public sealed record TableExtent(long Rows, long LastId);

/// <summary>A row with every column, as it is stored. Dates are UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>.</summary>
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

    /// <summary>1: searchable; 0: waits for a load.</summary>
    public required int UploadStatus { get; init; }

    /// <summary>Grows with every change of the picture.</summary>
    public required int Version { get; init; }

    /// <summary>The shop's own key.</summary>
    public string? ItemKey { get; init; }

    /// <summary>Where the shop says the picture lies.</summary>
    public string? FilePath { get; init; }

    /// <summary>When the row was made.</summary>
    public string? CreateDate { get; init; }

    /// <summary>When it was last changed.</summary>
    public string? ModifyDate { get; init; }

    /// <summary>The column product_id.</summary>
    public string? ProductId { get; init; }

    /// <summary>The column attributes.</summary>
    public string? Attributes { get; init; }

    /// <summary>The whole picture's vector as text, in whatever form it was stored.</summary>
    public string? Feature { get; init; }

    /// <summary>The main object's.</summary>
    public string? FeatureObject { get; init; }
}
