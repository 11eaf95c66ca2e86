using ImageSearch.Storage.Milvus.Vectors;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Tests.Vectors;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Milvus;

/// <summary>Runs the suite on a real server; every test has its own catalog.</summary>
[OnMilvus]
public class MilvusVectorStoreTests : VectorStoreCompliance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("imagesearch-milvus-").FullName;
    private SqliteCatalog _catalog = null!;

    // Both sides compute in float32.
    protected override double DistanceTolerance => 2e-5;

    protected override async Task<IVectorStore> CreateStoreAsync()
    {
        _catalog = await SqliteCatalog.OpenAsync(
            new SqliteOptions { DataFolder = _folder }, TimeProvider.System, NullLogger<SqliteCatalog>.Instance, default);
        return new MilvusVectorStore(MilvusServer.Options, _catalog, TimeProvider.System, NullLogger<MilvusVectorStore>.Instance);
    }

    // The catalog has none of the suite's tables, so the sweep drops all their collections.
    protected override async Task CleanAsync()
    {
        await ((MilvusVectorStore)Store).SweepAsync(default);
        await _catalog.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [SuiteFact]
    public void The_store_keeps_its_own_copy() => Store.IsFilledFromCatalog.ShouldBeFalse();
}

/// <summary>Scores of all metrics are converted to the same distances.</summary>
[OnMilvus]
public sealed class MilvusL2VectorStoreTests : MilvusVectorStoreTests
{
    protected override Metric Metric => Metric.L2;
}
