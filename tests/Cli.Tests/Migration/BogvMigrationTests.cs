using System.Globalization;
using System.Runtime.InteropServices;
using ImageSearch.Cli.Migration;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Reports;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Migration;
using ImageSearch.Storage.Milvus.Migration;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Vectors.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Cli.Tests.Migration;

public sealed class BogvMigrationTests
{
    private const int Dimension = BogvShop.Dimension;

    [MilvusFact]
    public async Task All_rows_are_migrated_with_their_ids_keys_paths_and_normalized_vectors()
    {
        await using var shop = await BogvShop.CreateAsync(BogvShop.Rows(3000));

        var ended = await shop.MigrateAsync("--load");

        ended.Code.ShouldBe(0, ended.Error);
        (ended.Number("rows"), ended.Number("taken"), ended.Number("refused")).ShouldBe((3000, 3000, 0));
        var rows = await shop.RowsAsync();
        rows.Count.ShouldBe(3000);
        rows.ShouldAllBe(row => row.Id > 1L << 53 && row.MilvusId == row.Id && row.UploadStatus == 1 && row.Version == 1);
        rows.Select(row => row.ItemKey).Order().ShouldBe(BogvShop.Rows(3000).Select(row => row.Key).Order());
        foreach (var row in rows)
        {
            var seed = int.Parse(row.ItemKey!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            row.FilePath.ShouldBe($"/app/pictures/{seed}.jpg");
            row.Feature.ShouldNotBeNull().ShouldStartWith("f32:");
            MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(row.Feature[4..])).ToArray().ShouldBe(BogvShop.Unit(BogvShop.Vector(seed, Dimension)));
        }
    }

    [MilvusFact]
    public async Task A_collection_that_is_loaded_for_the_run_is_released_afterwards_and_keeps_its_rows()
    {
        await using var shop = await BogvShop.CreateAsync(BogvShop.Rows(10));

        (await shop.MigrateAsync("--load")).Code.ShouldBe(0);

        (await shop.Client.LoadProgressAsync(shop.Collection, default)).ShouldBe(-1);
        await shop.LoadAsync();
        (await shop.Client.CountAsync(shop.Collection, strong: true, default)).ShouldBe(10);
    }

    [MilvusFact]
    public async Task A_loaded_collection_stays_loaded()
    {
        await using var shop = await BogvShop.CreateAsync(BogvShop.Rows(10));
        await shop.LoadAsync();

        (await shop.MigrateAsync("--load")).Code.ShouldBe(0);

        (await shop.Client.LoadProgressAsync(shop.Collection, default)).ShouldBe(100);
    }

    [MilvusFact]
    public async Task A_row_with_a_large_id_is_found_and_later_adds_get_small_ids()
    {
        const long LargeId = 445085583623111723;
        await using var shop = await BogvShop.CreateAsync([BogvShop.Row(1, Dimension, 17), BogvShop.Row(2, Dimension, LargeId), BogvShop.Row(3, Dimension, LargeId + 1)]);
        await shop.MigrateAsync("--load");
        await using var catalog = await shop.OpenAsync();
        var table = (await catalog.FindTableAsync(TableName.Parse("image_sim").Value, default)).ShouldNotBeNull();
        await using var store = new EmbeddedVectorStore();
        await store.OpenAsync(table, default);
        await foreach (var batch in catalog.ReadVectorsAsync(table.Generation, Dimension, RowSelection.All, default))
            await store.PutAsync(table.Generation, batch.Vectors, default);

        var query = BogvShop.Unit(BogvShop.Vector(2, Dimension));
        var hits = await store.SearchAsync(table.Generation, [query], 1, null, default);

        hits[0].Row.Id.ShouldBe(LargeId);
        var row = new NewPicture(new PictureVectors(table.Model, query), new PictureTexts());
        (await catalog.AddAsync(table.Generation, row, searchable: true, default)).Value.Id.ShouldBe(18);
    }

    [MilvusFact]
    public async Task More_rows_than_one_query_returns_are_migrated()
    {
        var rows = Enumerable.Range(1, MilvusQuery.MaxRows + 600).Select(seed => BogvShop.Row(seed, 8)).ToList();
        await using var shop = await BogvShop.CreateAsync(rows);

        var ended = await shop.MigrateAsync("--load");

        ended.Code.ShouldBe(0, ended.Error);
        (ended.Number("rows"), ended.Number("taken")).ShouldBe((rows.Count, rows.Count));
    }

    [MilvusFact]
    public async Task A_dry_run_reports_what_would_happen_and_creates_nothing()
    {
        await using var shop = await BogvShop.CreateAsync(BogvShop.Rows(100));

        var ended = await shop.MigrateAsync("--load", "--dry-run");

        ended.Code.ShouldBe(0, ended.Error);
        (ended.Number("rows"), ended.Number("taken")).ShouldBe((100, 100));
        ended.Report["notes"]!.ToJsonString().ShouldContain("key in key, path in filepath");
        Directory.Exists(shop.Data).ShouldBeFalse();
    }

    [MilvusFact]
    public async Task An_interrupted_run_continues_and_a_third_run_finds_all_rows_present()
    {
        await using var shop = await BogvShop.CreateAsync(BogvShop.Rows(3000));
        await shop.LoadAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => InterruptAfterAPageAsync(shop));

        var second = await shop.MigrateAsync();
        var third = await shop.MigrateAsync();

        second.Code.ShouldBe(0, second.Error);
        second.Number("alreadyThere").ShouldBeInRange(1, 2999);
        (second.Number("alreadyThere") + second.Number("taken")).ShouldBe(3000);
        (third.Number("alreadyThere"), third.Number("taken")).ShouldBe((3000, 0));
        (await shop.RowsAsync()).Count.ShouldBe(3000);
    }

    [MilvusFact]
    public async Task With_reembed_rows_get_the_vectors_of_the_pictures_at_their_paths()
    {
        var images = Directory.CreateTempSubdirectory("imagesearch-bogv-images-").FullName;
        Directory.CreateDirectory(Path.Combine(images, "fruit"));
        File.Copy(Path.Combine(Repository(), "samples", "strawberry.jpg"), Path.Combine(images, "fruit", "1.jpg"));
        File.Copy(Path.Combine(Repository(), "samples", "hamburger.jpg"), Path.Combine(images, "2.jpg"));
        var row = BogvShop.Row(1, 8);
        await using var shop = await BogvShop.CreateAsync(
        [
            row with { Id = 11, Path = "/app/pictures/fruit/1.jpg" }, row with { Id = 12, Path = "/app/pictures/2.jpg" },
            row with { Id = 13, Path = "/app/pictures/3.jpg" }, row with { Id = 14, Path = "/app/pictures/../../etc/passwd" },
        ]);
        string[] reembed = ["--load", "--json", "--data", shop.Data, "--reembed", "--images", images, "--stored-root", "/app/pictures"];

        var dry = await shop.RunAsync([.. reembed, "--dry-run"]);
        Directory.Exists(shop.Data).ShouldBeFalse();
        var ended = await shop.RunAsync(reembed);
        var again = await shop.RunAsync(reembed);

        Directory.Delete(images, recursive: true);
        (dry.Number("reembedded"), dry.Number("refused")).ShouldBe((2, 2));
        ended.Code.ShouldBe(2, ended.Error);
        (ended.Number("rows"), ended.Number("reembedded"), ended.Number("taken"), ended.Number("refused")).ShouldBe((4, 2, 2, 2));
        ended.Report["refusedRows"]!.AsArray().Select(refused => refused!["id"]!.GetValue<long>()).ShouldBe([13, 14]);
        (again.Number("reembedded"), again.Number("alreadyThere"), again.Number("refused")).ShouldBe((0, 2, 2));
        (await shop.RowsAsync()).ShouldAllBe(stored => StoredFeature.WhyUnusable(stored.Feature, 512) == null);
    }

    [MilvusAndMySqlFact]
    public async Task Rows_are_migrated_to_MySQL_and_a_dry_run_does_not_create_the_database()
    {
        await using var shop = await BogvShop.CreateAsync(BogvShop.Rows(3000));
        await using var database = TestDatabase.Create();
        var options = database.Options;
        Environment.SetEnvironmentVariable("MYSQL_PWD", options.Password);
        string[] mySql =
        [
            "--load", "--json", "--model", shop.Model, "--mysql-host", options.Host, "--mysql-port", options.Port.ToString(CultureInfo.InvariantCulture),
            "--mysql-user", options.User, "--mysql-db", options.Database,
        ];

        var dry = await shop.RunAsync([.. mySql, "--dry-run"]);
        dry.Code.ShouldBe(0, dry.Error);
        dry.Number("taken").ShouldBe(3000);
        (await DatabasesAsync(database)).ShouldBe(0);
        var ended = await shop.RunAsync(mySql);
        var again = await shop.RunAsync(mySql);
        var dryAgain = await shop.RunAsync([.. mySql, "--dry-run"]);

        ended.Code.ShouldBe(0, ended.Error);
        ended.Number("taken").ShouldBe(3000);
        again.Number("alreadyThere").ShouldBe(3000);
        dryAgain.Number("alreadyThere").ShouldBe(3000);
        await using var catalog = await MySqlCatalog.OpenAsync(options, TimeProvider.System, NullLogger<MySqlCatalog>.Instance, default);
        var rows = await BogvShop.RowsAsync(catalog, new MySqlTableTransfer(catalog, TimeProvider.System));
        rows.ShouldAllBe(row => row.Id > 1L << 53);
        rows.Select(row => row.ItemKey).ShouldBe(BogvShop.Rows(3000).Select(row => row.Key), ignoreOrder: true);
    }

    private static async Task<long> DatabasesAsync(TestDatabase database)
    {
        await using var connection = await database.ConnectAsync("mysql");
        await using var command = TestDatabase.Command(
            connection, "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = @name", [("@name", database.Options.Database)]);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static async Task InterruptAfterAPageAsync(BogvShop shop)
    {
        using var interrupt = new CancellationTokenSource();
        var report = new RunReport("migrate", "image_sim");
        var source = new CollectionSource(shop.Options, shop.Collection, new FieldNames(), Load: false);
        var target = new CollectionTarget(TableName.Parse("image_sim").Value, Metric.L2, async _ =>
        {
            var catalog = await shop.OpenAsync();
            return new Catalogs.OpenCatalog(catalog, catalog);
        });
        var run = new CollectionRun(source, target, null, null, report, new Interrupting(interrupt), TimeProvider.System);
        await run.RunAsync(shop.Model, interrupt.Token);
    }

    private static string Repository([System.Runtime.CompilerServices.CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    private sealed class Interrupting(CancellationTokenSource interrupt) : IProgress<WorkState>
    {
        public void Report(WorkState value) => interrupt.Cancel();
    }
}
