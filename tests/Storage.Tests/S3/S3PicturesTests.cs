using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.S3;
using ImageSearch.Storage.Tests.Catalog;
using ImageSearch.Storage.Tests.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.S3;

/// <summary>The suite with originals in a bucket.</summary>
public abstract class S3PicturesCompliance : PictureCatalogCompliance
{
    private S3Bucket? _bucket;
    private S3ObjectStore? _objects;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_objects is not null) await _objects.DisposeAsync();
        if (_bucket is not null) await _bucket.DisposeAsync();
    }

    [SuiteFact]
    public async Task Only_originals_are_objects()
    {
        var catalog = Catalog;
        var table = (await catalog.CreateTableAsync(TableName.Parse("objects").Value, Rows.Model, Metric.L2, default)).Generation;

        Value(await catalog.AddAsync(table, Row("small"), default));
        (await _bucket!.KeysAsync()).ShouldBeEmpty();
        Value(await catalog.AddAsync(table, Row("small", original: "the file"), default));

        (await _bucket.KeysAsync()).ShouldHaveSingleItem().ShouldMatch($"^shop/{catalog.Identity:x16}/{table.Number}/[0-9a-f]{{32}}$");
        (await BytesInCatalogAsync()).ShouldBe("small".Length * 2);
    }

    protected override async Task<ICatalog> OpenAsync()
    {
        _bucket ??= await S3Bucket.CreateAsync();
        _objects ??= await S3ObjectStore.OpenAsync(_bucket.Options, TimeProvider.System, NullLogger<S3ObjectStore>.Instance, default);
        return await OpenAsync(_objects);
    }

    private protected abstract Task<ICatalog> OpenAsync(S3ObjectStore objects);

    /// <summary>Bytes of all files that are in rows.</summary>
    protected abstract Task<long> BytesInCatalogAsync();
}

[OnS3]
public sealed class S3SqlitePicturesTests : S3PicturesCompliance, IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override async Task<ICatalog> OpenAsync(S3ObjectStore objects) => await DataFolder.OpenAsync(_folder.Options with { Objects = objects });

    protected override Task<long> CountAsync() => Task.FromResult(_folder.Number("SELECT count(*) FROM imagesearch_pictures"));

    protected override Task<long> BytesInCatalogAsync() => Task.FromResult(_folder.Number("SELECT sum(length(bytes)) FROM imagesearch_pictures"));
}

[OnMySql, OnS3]
public sealed class S3MySqlPicturesTests : S3PicturesCompliance
{
    private readonly TestDatabase _database = TestDatabase.Create();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    private protected override async Task<ICatalog> OpenAsync(S3ObjectStore objects) => await MySqlCatalog.OpenAsync(
        _database.Options with { SweepInterval = TimeSpan.FromSeconds(0.1), Objects = objects }, TimeProvider.System, NullLogger<MySqlCatalog>.Instance, default);

    protected override Task<long> CountAsync() => _database.NumberAsync("SELECT COUNT(*) FROM `imagesearch$pictures`");

    protected override Task<long> BytesInCatalogAsync() => _database.NumberAsync("SELECT SUM(LENGTH(bytes)) FROM `imagesearch$pictures`");
}
