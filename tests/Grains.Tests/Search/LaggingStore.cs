using System.Numerics.Tensors;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Tests.Search;

/// <summary>A brute-force vector store that can ignore removals, as one that lags behind the catalog does.</summary>
internal sealed class LaggingStore : IVectorStore
{
    private readonly Dictionary<long, RowVectors> _rows = [];

    private readonly Random _rounding = new(1);

    public bool IsFilledFromCatalog => true;

    /// <summary>Each distance of each search is wrong by up to this much.</summary>
    public float DistanceError { get; set; }

    /// <summary>True: removals have no effect.</summary>
    public bool IgnoresRemovals { get; set; }

    /// <summary>The number of hits that each search requested.</summary>
    public List<int> Requested { get; } = [];

    /// <summary>Awaited before each search.</summary>
    public Func<Task> BeforeSearch { get; set; } = () => Task.CompletedTask;

    public IEnumerable<RowVersion> Rows => _rows.Values.Select(row => row.Row);

    /// <summary>The squared distance of the nearest pair of views.</summary>
    public static float SquaredDistance(PictureVectors query, PictureVectors row) =>
        Views(query.Whole, query.MainObject).Min(view => SquaredDistance(view, row.Whole, row.MainObject));

    public Task PutAsync(TableGeneration table, IReadOnlyList<RowVectors> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows) _rows[row.Row.Id] = row;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(TableGeneration table, IReadOnlyList<RowVersion> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            if (!IgnoresRemovals && _rows.TryGetValue(row.Id, out var stored) && stored.Row.Version <= row.Version) _rows.Remove(row.Id);
        }

        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<VectorHit>> SearchAsync(
        TableGeneration table, IReadOnlyList<ReadOnlyMemory<float>> views, int topK, AllowedRows? allowed, CancellationToken cancellationToken)
    {
        await BeforeSearch();
        Requested.Add(topK);
        return
        [
            .. _rows.Values.Where(row => allowed is null || allowed.Contains(row.Row.Id)).Select(row => new VectorHit(row.Row, views.Min(view => SquaredDistance(view, row.Whole, row.MainObject)) + AnyError()))
                .OrderBy(hit => hit.SquaredDistance).ThenBy(hit => hit.Row.Id).Take(topK),
        ];
    }

    public Task OpenAsync(TableRecord table, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Reconciliation> ReconcileAsync(
        TableGeneration table, IAsyncEnumerable<IReadOnlyList<RowVersion>> catalogRows, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public void Release(TableGeneration table) => throw new NotSupportedException();

    public Task DropAsync(TableGeneration table, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private float AnyError() => DistanceError * ((2 * _rounding.NextSingle()) - 1);

    private static float SquaredDistance(ReadOnlyMemory<float> view, ReadOnlyMemory<float> whole, ReadOnlyMemory<float>? mainObject) =>
        Views(whole, mainObject).Min(stored =>
        {
            var distance = TensorPrimitives.Distance(view.Span, stored.Span);
            return distance * distance;
        });

    private static ReadOnlyMemory<float>[] Views(ReadOnlyMemory<float> whole, ReadOnlyMemory<float>? mainObject) =>
        mainObject is { } second ? [whole, second] : [whole];
}
