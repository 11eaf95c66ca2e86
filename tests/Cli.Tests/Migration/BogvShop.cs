using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Protocol;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Tests.Milvus.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using KeyValuePair = ImageSearch.Storage.Milvus.Protocol.KeyValuePair;
using Status = ImageSearch.Storage.Milvus.Protocol.Status;

namespace ImageSearch.Cli.Tests.Migration;

/// <summary>A row of the collection. Milvus generates the ids unless all rows have one.</summary>
internal sealed record BogvRow(string Key, string Path, float[] Vector, long? Id = null);

/// <summary>A collection like those of the second Python system, a data folder for the migrated table, and the folder of a model.</summary>
internal sealed class BogvShop : IAsyncDisposable
{
    /// <summary>The dimension of the vectors unless a test needs another one.</summary>
    public const int Dimension = 64;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagesearch-bogv-");
    private readonly TestMilvus _milvus = TestMilvus.Connect();
    private readonly GrpcChannel _channel;
    private readonly int _dimension;

    private BogvShop(int dimension) => (_dimension, _channel) = (dimension, GrpcChannel.ForAddress($"http://{_milvus.Options}"));

    public string Collection => _milvus.Collection;

    public MilvusOptions Options => _milvus.Options;

    public MilvusClient Client => _milvus.Client;

    private MilvusService.MilvusServiceClient Service => new(_channel);

    private static CallOptions WithDeadline => new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Timeout);

    public string Model => Path("model");

    public string Data => Path("data");

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>Creates the collection with an index. It is not loaded, because that system releases it after every search.</summary>
    public static async Task<BogvShop> CreateAsync(IReadOnlyList<BogvRow> rows, string keyField = "key", string pathField = "filepath")
    {
        var shop = new BogvShop(rows[0].Vector.Length);
        await ManifestOnly.WriteAsync(shop.Model, shop._dimension);
        await shop.CreateCollectionAsync(keyField, pathField, autoIds: rows[0].Id is null);
        foreach (var batch in rows.Chunk(4000)) await shop.InsertAsync(batch, keyField, pathField);
        Check((await shop.Service.FlushAsync(new FlushRequest { CollectionNames = { shop.Collection } }, WithDeadline)).Status);
        return shop;
    }

    /// <summary>A vector like those of that system, which are not of unit length.</summary>
    public static float[] Vector(int seed, int dimension)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, dimension).Select(_ => (random.NextSingle() * 3) - 1)];
    }

    public static BogvRow Row(int seed, int dimension, long? id = null) =>
        new($"{seed:x32}", $"/app/pictures/{seed}.jpg", Vector(seed, dimension), id);

    public static List<BogvRow> Rows(int count) => [.. Enumerable.Range(1, count).Select(seed => Row(seed, Dimension))];

    public static float[] Unit(float[] vector)
    {
        var length = Math.Sqrt(vector.Sum(value => (double)value * value));
        return [.. vector.Select(value => (float)(value / length))];
    }

    public async Task LoadAsync()
    {
        await Client.LoadAsync(Collection, 1, default);
        while (await Client.LoadProgressAsync(Collection, default) < 100) await Task.Yield();
    }

    /// <summary>Migrates the collection to SQLite.</summary>
    public Task<Console.Ended> MigrateAsync(params string[] more) => RunAsync(["--data", Data, "--model", Model, "--json", .. more]);

    public Task<Console.Ended> RunAsync(params string[] more) => Console.RunAsync(
    [
        "migrate", "bogv", "--milvus-host", Options.Host, "--milvus-port",
        Options.Port.ToString(CultureInfo.InvariantCulture), "--collection", Collection, .. more,
    ]);

    public Task<SqliteCatalog> OpenAsync() => SqliteCatalog.OpenAsync(
        new SqliteOptions { DataFolder = Data }, TimeProvider.System, NullLogger<SqliteCatalog>.Instance, default);

    public async Task<IReadOnlyList<StoredRow>> RowsAsync()
    {
        await using var catalog = await OpenAsync();
        return await RowsAsync(catalog, catalog);
    }

    public static async Task<IReadOnlyList<StoredRow>> RowsAsync(ICatalog catalog, ITableTransfer transfer)
    {
        var table = (await catalog.FindTableAsync(TableName.Parse("image_sim").Value, default)).ShouldNotBeNull();
        return (await transfer.ReadRowsAsync(table.Generation, 0, 10_000, default)).Value!;
    }

    public async ValueTask DisposeAsync()
    {
        await _milvus.DisposeAsync();
        _channel.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task CreateCollectionAsync(string keyField, string pathField, bool autoIds)
    {
        var schema = new CollectionSchema
        {
            Name = Collection,
            Description = "image search vector library",
            Fields =
            {
                new FieldSchema { Name = "id", DataType = DataType.Int64, IsPrimaryKey = true, AutoId = autoIds },
                new FieldSchema { Name = keyField, DataType = DataType.VarChar, TypeParams = { Pair("max_length", "2000") } },
                new FieldSchema { Name = pathField, DataType = DataType.VarChar, TypeParams = { Pair("max_length", "2000") } },
                new FieldSchema
                {
                    Name = "embedding", DataType = DataType.FloatVector,
                    TypeParams = { Pair("dim", _dimension.ToString(CultureInfo.InvariantCulture)) },
                },
            },
        };
        var collection = new CreateCollectionRequest { CollectionName = Collection, Schema = schema.ToByteString(), ShardsNum = 2 };
        Check(await Service.CreateCollectionAsync(collection, WithDeadline));
        var index = new CreateIndexRequest
        {
            CollectionName = Collection,
            FieldName = "embedding",
            ExtraParams = { Pair("index_type", "IVF_FLAT"), Pair("metric_type", "L2"), Pair("params", "{\"nlist\":128}") },
        };
        Check(await Service.CreateIndexAsync(index, WithDeadline));
    }

    private async Task InsertAsync(BogvRow[] rows, string keyField, string pathField)
    {
        var request = new InsertRequest { CollectionName = Collection, NumRows = (uint)rows.Length };
        if (rows[0].Id is not null)
        {
            request.FieldsData.Add(new FieldData
            {
                FieldName = "id",
                Type = DataType.Int64,
                Scalars = new ScalarField { LongData = new LongArray { Data = { rows.Select(row => row.Id!.Value) } } },
            });
        }

        request.FieldsData.Add(Texts(keyField, rows.Select(row => row.Key)));
        request.FieldsData.Add(Texts(pathField, rows.Select(row => row.Path)));
        request.FieldsData.Add(new FieldData
        {
            FieldName = "embedding",
            Type = DataType.FloatVector,
            Vectors = new VectorField { Dim = _dimension, FloatVector = new FloatArray { Data = { rows.SelectMany(row => row.Vector) } } },
        });
        var inserted = await Service.InsertAsync(request, WithDeadline);
        Check(inserted.Status);
        inserted.InsertCnt.ShouldBe(rows.Length);
    }

    private static FieldData Texts(string name, IEnumerable<string> texts) => new()
    {
        FieldName = name,
        Type = DataType.VarChar,
        Scalars = new ScalarField { StringData = new StringArray { Data = { texts } } },
    };

    private static void Check(Status status) => (status.Code, status.ErrorCode).ShouldBe((0, 0), status.Reason);

    private static KeyValuePair Pair(string key, string value) => new() { Key = key, Value = value };
}
