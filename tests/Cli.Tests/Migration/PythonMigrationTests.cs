using System.Globalization;
using System.Text.Json.Nodes;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Tests.Migration;
using ImageSearch.Storage.Vectors.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Cli.Tests.Migration;

public sealed class PythonMigrationTests
{
    private static readonly string DefaultModel = Path.Combine(AppContext.BaseDirectory, "models", "lite0-ret-512-sal");

    [MySqlFact]
    public async Task A_table_is_adopted_in_place_with_the_vectors_that_NumPy_stored()
    {
        await using var shop = await PythonShop.CreateAsync();
        await shop.AddAsync(Enumerable.Range(1, 300).Select(Feature));

        var ended = await shop.MigrateAsync(shop.Model);

        ended.Code.ShouldBe(0, ended.Error);
        (ended.Number("rows"), ended.Number("taken"), ended.Number("refused")).ShouldBe((300, 300, 0));
        var vectors = await VectorsAsync(shop, PythonShop.Dimension);
        vectors.Vectors.Select(row => row.Row.Id).ShouldBe(Enumerable.Range(1, 300).Select(id => (long)id));
        vectors.Vectors[41].Whole.ToArray().ShouldBe(PythonShop.Vector(42));
    }

    [MySqlFact]
    public async Task An_adopted_table_is_searchable()
    {
        await using var shop = await PythonShop.CreateAsync();
        await shop.AddAsync(Enumerable.Range(1, 300).Select(Feature));
        await shop.MigrateAsync(shop.Model);
        await using var store = new EmbeddedVectorStore();
        var table = await TableAsync(shop);
        await store.OpenAsync(table, default);
        await store.PutAsync(table.Generation, (await VectorsAsync(shop, PythonShop.Dimension)).Vectors, default);

        var hits = await store.SearchAsync(table.Generation, [PythonShop.Vector(42)], 1, null, default);

        hits[0].Row.Id.ShouldBe(42);
    }

    [MySqlFact]
    public async Task Malicious_and_damaged_pickles_are_refused_by_row_id_and_the_other_rows_are_migrated()
    {
        await using var shop = await PythonShop.CreateAsync();
        var hostile = PickleFixtures.Refused("hostile.json").Select(row => row.Feature).ToList();
        var random = new Random(1);
        var cut = Enumerable.Range(1, 1000).Select(i => Damaged(PythonShop.Pickle(PythonShop.Vector(i)), random)).ToList();
        await shop.AddAsync([.. Enumerable.Range(1, 10).Select(Feature), .. hostile, null, "", "hello", .. cut, Feature(11)]);

        var ended = await shop.MigrateAsync(shop.Model, "--report", shop.Path("report.json"));

        ended.Code.ShouldBe(2, ended.Error);
        var refused = ended.Report["refusedRows"]!.AsArray();
        refused.Select(row => row!["id"]!.GetValue<long>()).ShouldBe(Enumerable.Range(11, hostile.Count + 3 + 1000).Select(id => (long)id));
        refused[0]!["reason"]!.GetValue<string>().ShouldContain("posix.system");
        ended.Number("taken").ShouldBe(11);
        File.Exists("imagesearch-was-run").ShouldBeFalse();
        (await VectorsAsync(shop, PythonShop.Dimension)).Refused.Count.ShouldBe(hostile.Count + 1003);
        JsonNode.Parse(await File.ReadAllTextAsync(shop.Path("report.json")))!["refused"]!.GetValue<long>().ShouldBe(hostile.Count + 1003);
    }

    [MySqlFact]
    public async Task A_dry_run_checks_every_row_and_does_not_change_the_database()
    {
        await using var shop = await PythonShop.CreateAsync();
        await shop.AddAsync([Feature(1), "hello", Feature(2)]);
        var before = await shop.StructureAsync();

        var ended = await shop.MigrateAsync(shop.Model, "--dry-run");

        ended.Code.ShouldBe(2, ended.Error);
        (ended.Number("taken"), ended.Number("refused")).ShouldBe((2, 1));
        ended.Report["notes"]!.ToJsonString().ShouldContain("version, item_key");
        (await shop.StructureAsync()).ShouldBe(before);
    }

    [MySqlFact]
    public async Task A_table_of_another_dimension_is_not_adopted_and_the_error_names_both_numbers()
    {
        await using var shop = await PythonShop.CreateAsync();
        await shop.AddAsync([Feature(1), Feature(2)]);
        var before = await shop.StructureAsync();

        var ended = await shop.MigrateAsync(DefaultModel);

        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain("--reembed");
        ended.Report["refusedRows"]![0]!["reason"]!.GetValue<string>().ShouldContain("2048 values, but the table's vectors have 512");
        (await shop.StructureAsync()).ShouldBe(before);
    }

    [MySqlFact]
    public async Task Rows_are_re_embedded_from_a_folder_by_brief_or_id_and_the_others_are_refused()
    {
        await using var shop = await PythonShop.CreateAsync();
        await shop.AddAsync([Feature(1), Feature(2), Feature(3), Feature(4)], id => id == 1 ? "strawberry.jpg" : "a brief");
        var images = Directory.CreateDirectory(shop.Path("images")).FullName;
        Copy("strawberry.jpg", images, "strawberry.jpg");
        Copy("hamburger.jpg", images, "2.jpg");
        await File.WriteAllTextAsync(Path.Combine(images, "3.jpg"), "no picture");

        var dry = await shop.MigrateAsync(DefaultModel, "--reembed", "--images", images, "--dry-run");
        var ended = await shop.MigrateAsync(DefaultModel, "--reembed", "--images", images);
        var again = await shop.MigrateAsync(DefaultModel, "--reembed", "--images", images);

        (dry.Number("reembedded"), dry.Number("refused")).ShouldBe((3, 1));
        ended.Code.ShouldBe(2, ended.Error);
        (ended.Number("reembedded"), ended.Number("taken"), ended.Number("refused")).ShouldBe((2, 2, 2));
        ended.Report["refusedRows"]!.AsArray().Select(row => row!["id"]!.GetValue<long>()).Order().ShouldBe([3, 4]);
        (again.Number("reembedded"), again.Number("taken"), again.Number("refused")).ShouldBe((0, 2, 2));
        (await VectorsAsync(shop, 512)).Vectors.Select(row => row.Row).ShouldBe([new RowVersion(1, 2), new RowVersion(2, 2)]);
    }

    [MySqlFact]
    public async Task A_table_that_was_adopted_with_another_model_is_refused()
    {
        await using var shop = await PythonShop.CreateAsync();
        await shop.AddAsync([Feature(1)]);
        await shop.MigrateAsync(shop.Model);

        var again = await shop.MigrateAsync(shop.Model);
        var other = await shop.MigrateAsync(DefaultModel);

        again.Code.ShouldBe(0, again.Error);
        again.Report["notes"]!.ToJsonString().ShouldContain("already adopted");
        other.Code.ShouldBe(1);
        other.Error.ShouldContain("was adopted with resnet50 1 (2048 values)");
    }

    [MySqlFact]
    public async Task The_error_names_a_table_that_does_not_exist_or_has_other_columns()
    {
        await using var shop = await PythonShop.CreateAsync();
        await shop.Database.ExecuteAsync("CREATE TABLE orders (id INT)");

        (await shop.RunAsync("migrate", "andsgo", "--table", "nosuch", "--model", shop.Model)).Error.ShouldContain("no table nosuch");
        (await shop.RunAsync("migrate", "andsgo", "--table", "orders", "--model", shop.Model)).Error.ShouldContain("no column milvus_id");
    }

    [MySqlFact]
    public async Task Tables_can_be_moved_from_MySQL_to_SQLite_and_back()
    {
        await using var shop = await PythonShop.CreateAsync();
        using var folder = new Shop();
        await shop.AddAsync(Enumerable.Range(1, 20).Select(Feature), id => $"摘要 {id}");
        await shop.MigrateAsync(shop.Model);

        (await shop.RunAsync("export", "--table", "shop", shop.Path("a.jsonl"))).Code.ShouldBe(0);
        (await Console.RunAsync("import", "--table", "shop", "--data", folder.Path("data"), shop.Path("a.jsonl"))).Code.ShouldBe(0);
        (await Console.RunAsync("export", "--table", "shop", "--data", folder.Path("data"), shop.Path("b.jsonl"))).Code.ShouldBe(0);
        var back = await shop.RunAsync("import", "--table", "copy", shop.Path("b.jsonl"));
        var again = await shop.RunAsync("import", "--table", "copy", "--json", shop.Path("b.jsonl"));
        (await shop.RunAsync("export", "--table", "copy", shop.Path("c.jsonl"))).Code.ShouldBe(0);

        back.Code.ShouldBe(0, back.Error);
        again.Number("alreadyThere").ShouldBe(20);
        (await File.ReadAllTextAsync(shop.Path("b.jsonl"))).ShouldBe(await File.ReadAllTextAsync(shop.Path("a.jsonl")));
        (await File.ReadAllLinesAsync(shop.Path("c.jsonl"))).Skip(1).ShouldBe((await File.ReadAllLinesAsync(shop.Path("a.jsonl"))).Skip(1));
    }

    [MySqlFact]
    public async Task An_export_from_a_database_that_does_not_exist_creates_none()
    {
        await using var shop = await PythonShop.CreateAsync();
        var options = shop.Database.Options;
        var nosuch = options.Database + "x";

        Environment.SetEnvironmentVariable("MYSQL_PWD", options.Password);
        var ended = await Console.RunAsync(
            "export", "--table", "shop", shop.Path("a.jsonl"), "--mysql-host", options.Host,
            "--mysql-port", options.Port.ToString(CultureInfo.InvariantCulture), "--mysql-user", options.User, "--mysql-db", nosuch);

        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain($"there is no database {nosuch}");
    }

    private static string Feature(int seed) => Convert.ToBase64String(PythonShop.Pickle(PythonShop.Vector(seed)));

    // Damages the part before or after the values, so that it is not a valid array.
    private static string Damaged(byte[] pickle, Random random)
    {
        var head = random.Next(2, 40);
        pickle[head] = pickle[head] == (byte)'!' ? (byte)'?' : (byte)'!';
        return Convert.ToBase64String(pickle[..^random.Next(1, 5)]);
    }

    private static void Copy(string sample, string folder, string name) =>
        File.Copy(Path.Combine(Repository(), "samples", sample), Path.Combine(folder, name));

    private static string Repository([System.Runtime.CompilerServices.CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    private static async Task<TableRecord> TableAsync(PythonShop shop)
    {
        await using var catalog = await OpenAsync(shop);
        return (await catalog.FindTableAsync(Shop.Table, default)).ShouldNotBeNull();
    }

    private static async Task<VectorBatch> VectorsAsync(PythonShop shop, int dimension)
    {
        var vectors = new List<RowVectors>();
        var refused = new List<RefusedRow>();
        await using var catalog = await OpenAsync(shop);
        var table = (await catalog.FindTableAsync(Shop.Table, default)).ShouldNotBeNull();
        await foreach (var batch in catalog.ReadVectorsAsync(table.Generation, dimension, RowSelection.All, default))
        {
            vectors.AddRange(batch.Vectors);
            refused.AddRange(batch.Refused);
        }

        return new VectorBatch(vectors, refused);
    }

    private static Task<MySqlCatalog> OpenAsync(PythonShop shop) =>
        MySqlCatalog.OpenAsync(shop.Database.Options, TimeProvider.System, NullLogger<MySqlCatalog>.Instance, default);
}
