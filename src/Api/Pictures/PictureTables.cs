namespace ImageSearch.Api.Pictures;

/// <summary>Tables as the endpoints use them: a grain each.</summary>
internal sealed class PictureTables(IGrainFactory grains)
{
    public Task<Result<TableStatus>> CreateAsync(TableName table, CancellationToken cancellationToken) =>
        Grain(table).CreateAsync(cancellationToken);

    public Task<Result<Done>> DropAsync(TableName table, CancellationToken cancellationToken) => Grain(table).DropAsync(cancellationToken);

    public Task<Result<LoadReport>> LoadAsync(TableName table, CancellationToken cancellationToken) => Grain(table).LoadAsync(cancellationToken);

    public Task<Result<long>> CountAsync(TableName table, CancellationToken cancellationToken) => Grain(table).CountAsync(cancellationToken);

    public Task<Result<int>> DeleteByIdsAsync(TableName table, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        Grain(table).DeleteByIdsAsync(ids, cancellationToken);

    public Task<Result<int>> DeleteByKeysAsync(TableName table, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        Grain(table).DeleteByKeysAsync(keys, cancellationToken);

    public ITableGrain Grain(TableName table) => grains.GetGrain<ITableGrain>(table.Value);
}
