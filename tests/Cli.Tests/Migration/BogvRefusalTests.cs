using System.Globalization;
using System.Text.Json.Nodes;
using ImageSearch.Storage.Tests.Milvus.Wire;

namespace ImageSearch.Cli.Tests.Migration;

public sealed class BogvRefusalTests
{
    private const int Dimension = BogvShop.Dimension;

    [MilvusFact]
    public async Task A_collection_that_is_not_loaded_is_refused_with_a_hint_and_stays_unloaded()
    {
        await using var shop = await BogvShop.CreateAsync(BogvShop.Rows(10));

        var ended = await shop.MigrateAsync();

        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain("--load");
        (await shop.Client.LoadProgressAsync(shop.Collection, default)).ShouldBe(-1);
        Directory.Exists(shop.Data).ShouldBeFalse();
    }

    [MilvusFact]
    public async Task A_row_with_the_id_of_another_row_is_refused_and_the_other_row_stays()
    {
        await using var shop = await BogvShop.CreateAsync([BogvShop.Row(1, Dimension, 17), BogvShop.Row(2, Dimension, 18)]);
        await shop.MigrateAsync("--load");
        await using (var catalog = await shop.OpenAsync())
        {
            var table = (await catalog.FindTableAsync(TableName.Parse("image_sim").Value, default)).ShouldNotBeNull();
            await catalog.ChangeAsync(table.Generation, new PictureChange(17, null, new PictureTexts(Key: "changed")), searchable: true, default);
        }

        var again = await shop.MigrateAsync("--load");

        again.Code.ShouldBe(2);
        again.Report["refusedRows"]![0]!["id"]!.GetValue<long>().ShouldBe(17);
        (await shop.RowsAsync())[0].ItemKey.ShouldBe("changed");
    }

    [MilvusFact]
    public async Task Invalid_rows_are_refused_by_id_with_the_reason_and_the_others_are_migrated()
    {
        var good = BogvShop.Row(1, Dimension, 1);
        await using var shop = await BogvShop.CreateAsync(
        [
            good, good with { Id = 2, Vector = new float[Dimension] }, good with { Id = 3, Key = new string('k', 256) },
            good with { Id = 4, Path = new string('p', 1001) }, good with { Id = -5 }, good with { Id = 6, Key = "", Path = "" },
        ]);

        var ended = await shop.MigrateAsync("--load", "--report", shop.Path("report.json"));

        ended.Code.ShouldBe(2, ended.Error);
        (ended.Number("rows"), ended.Number("taken"), ended.Number("refused")).ShouldBe((6, 2, 4));
        var refused = JsonNode.Parse(await File.ReadAllTextAsync(shop.Path("report.json")))!["refusedRows"]!.AsArray()
            .ToDictionary(row => row!["id"]!.GetValue<long>(), row => row!["reason"]!.GetValue<string>());
        refused[2].ShouldContain("all are zero");
        refused[3].ShouldContain("item_key has 256 characters");
        refused[4].ShouldContain("file_path has 1001 characters");
        refused[-5].ShouldContain("not 1 or more");
        (await shop.RowsAsync()).Select(row => (row.Id, row.ItemKey)).ShouldBe([(1, good.Key), (6, null)]);
    }

    [MilvusFact]
    public async Task A_dimension_other_than_the_model_s_is_refused_with_both_numbers_and_nothing_is_created()
    {
        await using var shop = await BogvShop.CreateAsync(BogvShop.Rows(3));

        var ended = await shop.RunAsync("--data", shop.Data, "--load");

        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain("vectors of 64 values and the model, lite0-ret-512-v2");
        ended.Error.ShouldContain("makes 512");
        ended.Error.ShouldContain("--reembed");
        Directory.Exists(shop.Data).ShouldBeFalse();
    }

    [MilvusFact]
    public async Task Fields_with_unknown_names_are_listed_and_can_be_specified()
    {
        await using var shop = await BogvShop.CreateAsync(BogvShop.Rows(3), keyField: "sku", pathField: "place");

        var unknown = await shop.MigrateAsync("--load");
        var named = await shop.MigrateAsync("--load", "--key-field", "sku", "--path-field", "place");

        unknown.Code.ShouldBe(1);
        unknown.Error.ShouldContain("id (Int64, primary key), sku (VarChar), place (VarChar), embedding (FloatVector of 64)");
        named.Code.ShouldBe(0, named.Error);
        (await shop.RowsAsync()).Select(row => row.ItemKey).ShouldBe(BogvShop.Rows(3).Select(row => row.Key), ignoreOrder: true);
    }

    [MilvusFact]
    public async Task The_error_names_a_collection_that_does_not_exist()
    {
        await using var milvus = TestMilvus.Connect();

        var ended = await Console.RunAsync(
            "migrate", "bogv", "--milvus-host", milvus.Options.Host, "--milvus-port", milvus.Options.Port.ToString(CultureInfo.InvariantCulture),
            "--collection", "nosuch");

        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain("has no collection nosuch");
    }

    [Fact]
    public async Task The_error_names_a_server_that_can_t_be_reached_with_a_hint()
    {
        var ended = await Console.RunAsync("migrate", "bogv", "--milvus-host", "127.0.0.1", "--milvus-port", "1");

        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain("Milvus at 127.0.0.1:1 can't be reached");
        ended.Error.ShouldContain("check host, port and TLS");
    }
}
