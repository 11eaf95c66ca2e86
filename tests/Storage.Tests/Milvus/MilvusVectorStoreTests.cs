using ImageSearch.Storage.Milvus.Vectors;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Tests.Vectors;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Milvus;

/// <summary>The suite on a real server, each test on tables of a catalog of its own.</summary>
[OnMilvus]
public class MilvusVectorStoreTests : VectorStoreCompliance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("imagesearch-milvus-").FullName;
    private SqliteCatalog _catalog = null!;

    // Float32 arithmetic on both sides.
    protected override double DistanceTolerance => 2e-5;

    protected override async Task<IVectorStore> CreateStoreAsync()
    {
        _catalog = await SqliteCatalog.OpenAsync(
            new SqliteOptions { DataFolder = _folder }, TimeProvider.System, NullLogger<SqliteCatalog>.Instance, default);
        return new MilvusVectorStore(MilvusServer.Options, _catalog, TimeProvider.System, NullLogger<MilvusVectorStore>.Instance);
    }

    // The catalog knows none of the suite's tables.
    protected override async Task CleanAsync()
    {
        await ((MilvusVectorStore)Store).SweepAsync(default);
        await _catalog.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [SuiteFact]
    public void The_store_keeps_a_copy_of_its_own() => Store.IsFilledFromCatalog.ShouldBeFalse();
}

/// <summary>Scores of the other metrics become the same distances.</summary>
[OnMilvus]
public sealed class MilvusL2VectorStoreTests : MilvusVectorStoreTests
{
    protected override Metric Metric => Metric.L2;
}
