namespace ImageSearch;

/// <summary>
/// One table of pictures. The grain's key is its <see cref="TableName"/>. Create, drop and load exclude all other calls; the others run
/// concurrently. A write returns after the catalog's commit is durable.
/// </summary>
[Alias("ImageSearch.IDatasetGrain")]
public interface ITableGrain : IGrainWithStringKey
{
    /// <summary>Creates the table. A table that exists keeps its rows and its model.</summary>
    /// <param name="model">The model of its vectors; null for the model of new tables.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("Create"), Retryable]
    Task<Result<TableStatus>> CreateAsync(ModelIdentity? model, CancellationToken cancellationToken);

    /// <summary>Gets the table's status.</summary>
    /// <returns>Its status, or <see cref="FailureCode.TableNotFound"/>.</returns>
    [Alias("Describe"), Retryable]
    Task<Result<TableStatus>> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>Removes the table with its rows and vectors. The name can be used again immediately.</summary>
    [Alias("Drop")]
    Task<Result<Done>> DropAsync(CancellationToken cancellationToken);

    /// <summary>Indexes all waiting rows from their stored features.</summary>
    [Alias("Load"), ResponseTimeout("1.00:00:00")]
    Task<Result<LoadReport>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Counts searchable rows.</summary>
    [Alias("Count"), Retryable]
    Task<Result<long>> CountAsync(CancellationToken cancellationToken);

    /// <summary>Adds a picture.</summary>
    /// <returns>The row's id.</returns>
    [Alias("Add")]
    Task<Result<long>> AddAsync(NewPicture picture, CancellationToken cancellationToken);

    /// <summary>Changes a row.</summary>
    /// <returns>The row's id, or <see cref="FailureCode.IdNotFound"/>.</returns>
    [Alias("Update")]
    Task<Result<long>> UpdateAsync(PictureChange change, CancellationToken cancellationToken);

    /// <summary>Deletes rows by id. Unknown ids are ignored.</summary>
    /// <returns>The number of deleted rows.</returns>
    [Alias("DeleteByIds")]
    Task<Result<int>> DeleteByIdsAsync([Immutable] IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>Deletes all rows that have one of the keys.</summary>
    /// <returns>The number of deleted rows.</returns>
    [Alias("DeleteByKeys")]
    Task<Result<int>> DeleteByKeysAsync([Immutable] IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Finds the nearest rows.</summary>
    [Alias("Search"), Retryable]
    Task<Result<PictureHits>> SearchAsync(PictureQuery query, CancellationToken cancellationToken);

    /// <summary>Adds pictures in one commit, each as <see cref="AddAsync"/> does. Of two with one key, the later one replaces the earlier.</summary>
    /// <param name="pictures">1..<see cref="NewPicture.MaxPerAdd"/> pictures.</param>
    /// <param name="cancellationToken">Cancels the call before the commit starts.</param>
    /// <returns>For each picture the row's id, or why that picture is not stored; a failure if none is.</returns>
    [Alias("AddMany")]
    Task<Result<IReadOnlyList<Result<long>>>> AddManyAsync([Immutable] IReadOnlyList<NewPicture> pictures, CancellationToken cancellationToken);
}
