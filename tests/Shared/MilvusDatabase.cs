using System.Globalization;
using ImageSearch.Storage.Milvus.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Testing;

/// <summary>
/// A test's own database on the Milvus server of MILVUS_TEST_SERVER. The service or store creates it; disposing drops it.
/// </summary>
public sealed class MilvusDatabase : IAsyncDisposable
{
    private MilvusDatabase(MilvusOptions options) => Options = options;

    public MilvusOptions Options { get; }

    /// <summary>The settings of a service that keeps its vectors in this database.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["MILVUS_HOST"] = Options.Host,
        ["MILVUS_PORT"] = Options.Port.ToString(CultureInfo.InvariantCulture),
        ["MILVUS_DB"] = Options.Database,
    };

    public static MilvusDatabase Create() => new(MilvusServer.Options with { Database = $"test_{Guid.NewGuid():N}" });

    public async ValueTask DisposeAsync()
    {
        await using var client = new MilvusClient(Options, TimeProvider.System, NullLogger.Instance);
        await client.EnsureDatabaseAsync(default);
        foreach (var collection in await client.ListCollectionsAsync(default)) await client.DropCollectionAsync(collection, default);
        await client.DropDatabaseAsync(default);
    }
}
