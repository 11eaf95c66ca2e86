using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Storage.Tests.Vectors;

/// <summary>What every vector store must do. A store derives a class from this and says how it is made and where it differs in precision.</summary>
public abstract partial class VectorStoreCompliance : IAsyncLifetime
{
    // Not from 1: a server of its own may still hold the tables of a run before.
    private static long _tables = Random.Shared.NextInt64(1L << 30, 1L << 40);

    /// <summary>The store under test.</summary>
    protected IVectorStore Store { get; private set; } = null!;

    /// <summary>An open table.</summary>
    protected TableRecord Table { get; private set; } = null!;

    /// <summary>Values in a vector.</summary>
    protected virtual int Dimension => 48;

    /// <summary>The metric of the tables that are made; the hits' distance is squared Euclidean whatever it is.</summary>
    protected virtual Metric Metric => Metric.Cosine;

    /// <summary>How far a distance may be from the exact one.</summary>
    protected virtual double DistanceTolerance => 2e-6;

    /// <summary>Rows for the tests that want many.</summary>
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

    /// <summary>Makes an empty store.</summary>
    protected abstract Task<IVectorStore> CreateStoreAsync();

    /// <summary>Removes what a store keeps elsewhere.</summary>
    protected virtual Task CleanAsync() => Task.CompletedTask;

    /// <summary>
    /// Checks what must become visible. A store that shows removals with delay tries again until a deadline; the default tries once.
    /// </summary>
    protected virtual Task EventuallyAsync(Func<Task> check) => check();

    /// <summary>A generation that no other test has, by this or another name.</summary>
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
        Store.SearchAsync(Table.Generation, [view], topK, None);

    private async Task<IEnumerable<RowVersion>> FoundAsync(float[] view, int topK = 10) =>
        (await SearchAsync(view, topK)).Select(hit => hit.Row);

    private static double SquaredDistance(float[] a, float[] b) => a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum();
}
