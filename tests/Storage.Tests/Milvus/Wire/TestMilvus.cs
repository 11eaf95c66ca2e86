using ImageSearch.Storage.Milvus.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>
/// A client of the server of MILVUS_TEST_SERVER with a unique collection name for one test; the collection is dropped on disposal.
/// </summary>
internal sealed class TestMilvus : IAsyncDisposable
{
    public static readonly IReadOnlyDictionary<string, string> Hnsw = new Dictionary<string, string>
    {
        ["index_type"] = "HNSW",
        ["metric_type"] = "L2",
        ["params"] = """{"M":16,"efConstruction":64}""",
    };

    public static readonly MilvusSearch Search = new("L2", new Dictionary<string, int> { ["ef"] = 64 });

    private TestMilvus(MilvusOptions options)
    {
        Options = options;
        Client = new MilvusClient(options, TimeProvider.System, NullLogger.Instance);
    }

    public MilvusOptions Options { get; }

    public MilvusClient Client { get; }

    public string Collection { get; } = $"test_{Guid.NewGuid():N}";

    public static TestMilvus Connect() => new(MilvusServer.Options);

    public static float[] Vector(int dimension, int hot)
    {
        var vector = new float[dimension];
        vector[hot % dimension] = 1;
        return vector;
    }

    public async Task CreateLoadedAsync(int dimension)
    {
        await Client.CreateCollectionAsync(new MilvusSchema(Collection, "", dimension, Mmap: false), default);
        await Client.CreateIndexAsync(Collection, Hnsw, default);
        await Client.LoadAsync(Collection, 1, default);
        while (await Client.LoadProgressAsync(Collection, default) < 100) await Task.Delay(50);
    }

    /// <summary>Writes rows with ten times their id as version and a one-hot vector at their index.</summary>
    public Task<ulong> UpsertAsync(int dimension, params long[] ids) =>
        Client.UpsertAsync(
            Collection,
            new MilvusRows(ids, [.. ids.Select(id => unchecked(id * 10))],
                [.. ids.Select((_, i) => new ReadOnlyMemory<float>(Vector(dimension, i)))]),
            default);

    public async ValueTask DisposeAsync()
    {
        await Client.DropCollectionAsync(Collection, default);
        await Client.DisposeAsync();
    }
}
