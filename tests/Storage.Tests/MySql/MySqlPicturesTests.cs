using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.MySql.Pictures;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.MySql;

[OnMySql]
public sealed class MySqlPicturesTests : PictureCatalogCompliance
{
    private readonly TestDatabase _database = TestDatabase.Create();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    [SuiteFact]
    public async Task A_picture_above_the_servers_packet_is_kept_as_its_thumbnail()
    {
        await using var catalog = await OpenAsync(TimeProvider.System);
        var table = (await catalog.CreateTableAsync(TableName.Parse("large").Value, Rows.Model, Metric.L2, default)).Generation;
        var packet = await _database.NumberAsync("SELECT @@max_allowed_packet");
        var row = Row("small");
        row = Kept(row, row.Vectors.Kept! with { Original = new KeptPicture("image/jpeg", new byte[(int)Math.Min(packet, 64 << 20)]) });

        var added = Value(await catalog.AddAsync(table, row, default));

        var item = new ItemReference(null, added.Id);
        Value(await catalog.FindPictureAsync(table, item, PictureKind.Thumbnail, withBytes: true, default)).ShouldNotBeNull();
        Value(await catalog.FindPictureAsync(table, item, PictureKind.Original, withBytes: true, default)).ShouldBeNull();
    }

    [Fact]
    public void The_original_is_left_out_first()
    {
        EncodedKept thumbnail = new(PictureKind.Thumbnail, "image/webp", "t", new byte[1000]);
        EncodedKept original = new(PictureKind.Original, "image/jpeg", "o", new byte[100_000]);

        PacketSize.Fitting([thumbnail, original], others: 0, maxPacket: 1 << 20).ShouldBe([thumbnail, original]);
        PacketSize.Fitting([thumbnail, original], others: 0, maxPacket: 200_000).ShouldBe([thumbnail]);
        PacketSize.Fitting([thumbnail, original], others: 0, maxPacket: 1000).ShouldBeEmpty();
    }

    protected override async Task<ICatalog> OpenAsync() => await OpenAsync(TimeProvider.System);

    protected override Task<long> CountAsync() => _database.NumberAsync("SELECT COUNT(*) FROM `imagesearch$pictures`");

    private Task<MySqlCatalog> OpenAsync(TimeProvider time) => MySqlCatalog.OpenAsync(
        _database.Options with { SweepInterval = TimeSpan.FromSeconds(0.1) }, time, NullLogger<MySqlCatalog>.Instance, default);
}
