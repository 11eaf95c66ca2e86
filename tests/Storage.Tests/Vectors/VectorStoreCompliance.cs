using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Storage.Tests.Vectors;

/// <summary>The compliance suite of all vector stores. Derived classes create a store and state its precision.</summary>
public abstract partial class VectorStoreCompliance : IAsyncLifetime
{
    // Not from 1: a separate server may still have tables of a previous run.
    private static long _tables = Random.Shared.NextInt64(1L << 30, 1L << 40);

    /// <summary>The store under test.</summary>
    protected IVectorStore Store { get; private set; } = null!;

    /// <summary>An open table.</summary>
    protected TableRecord Table { get; private set; } = null!;

    /// <summary>The dimension of the vectors.</summary>
    protected virtual int Dimension => 48;

    /// <summary>The metric of the tables; the distance of hits is squared Euclidean for every metric.</summary>
    protected virtual Metric Metric => Metric.Cosine;

    /// <summary>The tolerance of distances.</summary>
    protected virtual double DistanceTolerance => 2e-6;

    /// <summary>The number of rows in tests with many rows.</summary>
    protected virtual int ManyRows => 1_000;

    private static CancellationToken None => CancellationToken.None;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Store = await CreateStoreAsync();
        Table = await OpenTableAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await CleanAsync();
        await Store.DisposeAsync();
    }

    /// <summary>Creates an empty store.</summary>
    protected abstract Task<IVectorStore> CreateStoreAsync();

    /// <summary>Removes what a store keeps outside this process.</summary>
    protected virtual Task CleanAsync() => Task.CompletedTask;

    /// <summary>
    /// Checks what must become visible. A store with delayed removals retries until a deadline; the default checks once.
    /// </summary>
    protected virtual Task EventuallyAsync(Func<Task> check) => check();

    /// <summary>A generation that no other test uses, under any name.</summary>
    protected TableRecord NewTable(string? name = null)
    {
        long number = Interlocked.Increment(ref _tables);
        TableName.Parse(name ?? $"pictures_{number}").TryGet(out TableName parsed, out _).ShouldBeTrue();
        return new TableRecord(new TableGeneration(parsed, number), new ModelIdentity("model", "1", Dimension), Metric);
    }

    protected async Task<TableRecord> OpenTableAsync(string? name = null)
    {
        TableRecord table = NewTable(name);
        await Store.OpenAsync(table, None);
        return table;
    }

    protected float[] Vector(int seed)
    {
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, Dimension).Select(_ => random.NextDouble() - 0.5)];
        double length = Math.Sqrt(values.Sum(value => value * value));
        return [.. values.Select(value => (float)(value / length))];
    }

    protected static RowVectors Row(long id, int version, float[] whole, float[]? mainObject = null) =>
        new(new RowVersion(id, version), whole, mainObject is null ? null : (ReadOnlyMemory<float>?)mainObject);

    protected Task PutAsync(params RowVectors[] rows) => Store.PutAsync(Table.Generation, rows, None);

    protected Task RemoveAsync(long id, int version) => Store.RemoveAsync(Table.Generation, [new RowVersion(id, version)], None);

    protected Task<IReadOnlyList<VectorHit>> SearchAsync(float[] view, int topK = 10) =>
        Store.SearchAsync(Table.Generation, [view], topK, null, None);

    private async Task<IEnumerable<RowVersion>> FoundAsync(float[] view, int topK = 10) =>
        (await SearchAsync(view, topK)).Select(hit => hit.Row);

    private static double SquaredDistance(float[] a, float[] b) => a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum();
}
