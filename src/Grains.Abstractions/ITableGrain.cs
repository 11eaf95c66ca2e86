namespace ImageSearch;

/// <summary>
/// One table of pictures; the grain's key is its <see cref="TableName"/>. Create, drop and load exclude each other and everything else;
/// the other calls run side by side. An answer to a write is given after the catalog's commit is durable.
/// </summary>
[Alias("ImageSearch.IDatasetGrain")]
public interface ITableGrain : IGrainWithStringKey
{
    /// <summary>Makes the table; one that exists keeps its rows.</summary>
    [Alias("Create"), Retryable]
    Task<Result<TableStatus>> CreateAsync(CancellationToken cancellationToken);

    /// <summary>What the table is.</summary>
    /// <returns>Its status, or <see cref="FailureCode.TableNotFound"/>.</returns>
    [Alias("Describe"), Retryable]
    Task<Result<TableStatus>> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>Removes the table with its rows and vectors; the name can be used anew at once.</summary>
    [Alias("Drop")]
    Task<Result<Done>> DropAsync(CancellationToken cancellationToken);

    /// <summary>Indexes every waiting row from its stored feature.</summary>
    [Alias("Load"), ResponseTimeout("1.00:00:00")]
    Task<Result<LoadReport>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Searchable rows.</summary>
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

    /// <summary>Deletes rows by id; ids that are not there are passed over.</summary>
    /// <returns>How many rows there were.</returns>
    [Alias("DeleteByIds")]
    Task<Result<int>> DeleteByIdsAsync([Immutable] IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>Deletes all rows that bear one of the keys.</summary>
    /// <returns>How many rows there were.</returns>
    [Alias("DeleteByKeys")]
    Task<Result<int>> DeleteByKeysAsync([Immutable] IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Finds the nearest rows.</summary>
    [Alias("Search"), Retryable]
    Task<Result<PictureHits>> SearchAsync(PictureQuery query, CancellationToken cancellationToken);
}
