using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Search;
using ImageSearch.Grains.Tables;
using ImageSearch.Grains.Tests.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Grains.Tests.Search;

/// <summary>A table of items in a real catalog, and the same items in memory.</summary>
internal sealed class ItemTable : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("imagesearch-items-").FullName;
    private readonly TestMeters _meters = new();
    private readonly TableScans _scans = new();
    private SqliteCatalog _catalog = null!;

    public static ModelIdentity Model { get; } = new("test", "1", 4);

    /// <summary>Brand and price are indexed, colour is not.</summary>
    public static TableSettings Settings { get; } = TableSettings.Default with
    {
        Attributes =
        [
            new AttributeDefinition("brand", AttributeType.String, Indexed: true),
            new AttributeDefinition("price", AttributeType.Number, Indexed: true),
            new AttributeDefinition("colour", AttributeType.String, Indexed: false),
            new AttributeDefinition("sizes", AttributeType.StringList, Indexed: true),
        ],
    };

    public LaggingStore Store { get; } = new();

    public Dictionary<long, StoredItem> Items { get; } = [];

    public TableRecord Record { get; private set; } = null!;

    public IItemCatalog Catalog => _catalog;

    public static async Task<ItemTable> OpenAsync()
    {
        var table = new ItemTable();
        table._catalog = await SqliteCatalog.OpenAsync(
            new SqliteOptions { DataFolder = table._folder }, TimeProvider.System, NullLogger<SqliteCatalog>.Instance, default);
        table.Record = await table.Catalog.CreateTableAsync(TableName.Parse("shop").Value, Model, Metric.L2, Settings, default);
        return table;
    }

    public static float[] At(double degrees) =>
        [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180), 0, 0];

    public static PictureVectors Picture(double degrees, double? mainObject = null) =>
        new(Model, At(degrees), mainObject is { } second ? (ReadOnlyMemory<float>?)At(second) : null);

    public async Task<long> PutAsync(StoredItem item)
    {
        var put = new ItemPut(item.Vectors, item.Texts, KeyRule.Replace);
        var write = (await Catalog.PutItemsAsync(Record.Generation, [put], searchable: true, default)).ShouldSucceed()[0].ShouldSucceed().Item;
        await StoreAsync(write, item.Vectors);
        Items[write.Id] = item;
        return write.Id;
    }

    public async Task PutManyAsync(IReadOnlyList<StoredItem> items)
    {
        foreach (var chunk in items.Chunk(NewPicture.MaxPerAdd))
        {
            var puts = chunk.Select(item => new ItemPut(item.Vectors, item.Texts, KeyRule.Replace)).ToList();
            var writes = (await Catalog.PutItemsAsync(Record.Generation, puts, searchable: true, default)).ShouldSucceed();
            for (var i = 0; i < chunk.Length; i++)
            {
                var write = writes[i].ShouldSucceed().Item;
                await StoreAsync(write, chunk[i].Vectors);
                Items[write.Id] = chunk[i];
            }
        }
    }

    public async Task StoreAsync(Item item, PictureVectors vectors) =>
        await Store.PutAsync(
            Record.Generation, [new RowVectors(new RowVersion(item.Id, item.Version), vectors.Whole, vectors.MainObject)], default);

    public async Task DeleteAsync(long id)
    {
        var deleted = (await Catalog.DeleteItemAsync(Record.Generation, new ItemReference(null, id), null, default)).ShouldSucceed();
        await Store.RemoveAsync(Record.Generation, deleted, default);
        Items.Remove(id);
    }

    /// <summary>Searches with thresholds that suit small tables.</summary>
    public Task<Result<ItemHits>> SearchAsync(ItemQuery query, SearchLimits? limits = null)
    {
        var indexer = new TableIndexer(_catalog, Store, new TableLoads(TimeProvider.System), NullLogger.Instance);
        return new ItemSearcher(_catalog, Catalog, Store, indexer, new CallMetrics(TimeProvider.System, _meters), _scans, limits).SearchAsync(Record, query, default);
    }

    public async Task<long[]> FoundAsync(ItemQuery query) => [.. (await SearchAsync(query)).ShouldSucceed().Hits.Select(hit => hit.Item.Id)];

    public async ValueTask DisposeAsync()
    {
        await _catalog.DisposeAsync();
        await Store.DisposeAsync();
        _meters.Dispose();
        _scans.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>An item as a test stored it.</summary>
internal sealed record StoredItem(PictureVectors Vectors, string? ProductId = null, string? Brand = null, double? Price = null, string? Colour = null)
{
    public string? Key { get; init; }

    public PictureTexts Texts => new(Key: Key)
    {
        ProductId = ProductId,
        Attributes = Brand is null && Price is null && Colour is null ? null : $"{{{string.Join(',', Members())}}}",
    };

    private IEnumerable<string> Members()
    {
        if (Brand is not null) yield return $"\"brand\":\"{Brand}\"";
        if (Price is not null) yield return System.FormattableString.Invariant($"\"price\":{Price}");
        if (Colour is not null) yield return $"\"colour\":\"{Colour}\"";
    }
}
