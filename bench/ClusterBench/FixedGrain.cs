using Orleans.Concurrency;

namespace ImageSearch.ClusterBench;

/// <summary>A table that returns the same ten hits for every search, so only the overhead of the call is measured.</summary>
[Reentrant]
public sealed class FixedGrain : Grain, ITableGrain
{
    private static readonly Failure Nothing = new(FailureCode.TableNotFound, "this table supports searches only");

    private static readonly Result<PictureHits> Hits = new PictureHits(
        Metric.L2,
        [.. Enumerable.Range(1, 10).Select(id => new PictureHit(id, id / 10f, new PictureTexts("a label", new string('b', 100), $"key-{id}")))]);

    public Task<Result<PictureHits>> SearchAsync(PictureQuery query, CancellationToken cancellationToken) => Task.FromResult(Hits);

    public Task<Result<TableStatus>> CreateAsync(CancellationToken cancellationToken) => Task.FromResult<Result<TableStatus>>(Nothing);

    public Task<Result<TableStatus>> DescribeAsync(CancellationToken cancellationToken) => Task.FromResult<Result<TableStatus>>(Nothing);

    public Task<Result<Done>> DropAsync(CancellationToken cancellationToken) => Task.FromResult<Result<Done>>(Nothing);

    public Task<Result<LoadReport>> LoadAsync(CancellationToken cancellationToken) => Task.FromResult<Result<LoadReport>>(Nothing);

    public Task<Result<long>> CountAsync(CancellationToken cancellationToken) => Task.FromResult<Result<long>>(Nothing);

    public Task<Result<long>> AddAsync(NewPicture picture, CancellationToken cancellationToken) => Task.FromResult<Result<long>>(Nothing);

    public Task<Result<IReadOnlyList<Result<long>>>> AddManyAsync(IReadOnlyList<NewPicture> pictures, CancellationToken cancellationToken) =>
        Task.FromResult<Result<IReadOnlyList<Result<long>>>>(Nothing);

    public Task<Result<long>> UpdateAsync(PictureChange change, CancellationToken cancellationToken) => Task.FromResult<Result<long>>(Nothing);

    public Task<Result<int>> DeleteByIdsAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) => Task.FromResult<Result<int>>(Nothing);

    public Task<Result<int>> DeleteByKeysAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => Task.FromResult<Result<int>>(Nothing);
}
