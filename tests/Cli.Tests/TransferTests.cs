using System.Text.Json.Nodes;

namespace ImageSearch.Cli.Tests;

public sealed class TransferTests : IDisposable
{
    private readonly Shop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task An_exported_and_imported_table_has_the_same_rows()
    {
        await ExportAsync();

        var ended = await ImportAsync("other");

        ended.Code.ShouldBe(0, ended.Error);
        ended.Number("taken").ShouldBe(598);
        (await _shop.RowsAsync("other")).ShouldBe(await _shop.RowsAsync("data"));
    }

    [Fact]
    public async Task Exporting_an_imported_table_produces_the_same_file()
    {
        await ExportAsync();
        await ImportAsync("other");

        (await Console.RunAsync("export", "--table", "shop", "--data", _shop.Path("other"), _shop.Path("again.jsonl"))).Code.ShouldBe(0);

        (await File.ReadAllBytesAsync(_shop.Path("again.jsonl"))).ShouldBe(await File.ReadAllBytesAsync(ExportedFile));
    }

    [Fact]
    public async Task Ids_that_were_deleted_before_the_export_are_not_reused_after_the_import()
    {
        await ExportAsync();
        await ImportAsync("other");

        await using var catalog = await _shop.OpenAsync("other");
        var table = (await catalog.FindTableAsync(Shop.Table, default)).ShouldNotBeNull();
        table.Metric.ShouldBe(Metric.Cosine);
        var added = await catalog.AddAsync(
            table.Generation, new NewPicture(new PictureVectors(Shop.Model, Shop.Vector(1)), new PictureTexts()), searchable: true, default);
        added.Value.Id.ShouldBe(601);
    }

    [Fact]
    public async Task An_import_of_a_truncated_file_can_be_repeated_with_the_same_result()
    {
        await ExportAsync();
        var lines = await File.ReadAllLinesAsync(ExportedFile);
        await File.WriteAllLinesAsync(_shop.Path("cut.jsonl"), lines.Take(300));

        var cut = await Console.RunAsync("import", "--table", "shop", "--data", _shop.Path("other"), "--json", _shop.Path("cut.jsonl"));
        var whole = await ImportAsync("other");

        cut.Code.ShouldBe(1);
        cut.Error.ShouldContain("truncated");
        cut.Number("taken").ShouldBe(299);
        whole.Code.ShouldBe(0);
        (whole.Number("alreadyThere"), whole.Number("taken")).ShouldBe((299, 299));
        (await _shop.RowsAsync("other")).ShouldBe(await _shop.RowsAsync("data"));
    }

    [Fact]
    public async Task A_dry_run_reports_what_would_be_imported_and_changes_nothing()
    {
        await ExportAsync();
        await (await _shop.OpenAsync("other")).DisposeAsync();

        var ended = await ImportAsync("other", "--dry-run");

        ended.Code.ShouldBe(0, ended.Error);
        ended.Number("taken").ShouldBe(598);
        await using var catalog = await _shop.OpenAsync("other");
        (await catalog.ListTablesAsync(default)).ShouldBeEmpty();
    }

    [MySqlFact]
    public async Task A_dry_run_into_a_database_without_a_catalog_creates_none()
    {
        await ExportAsync();
        await using var database = TestDatabase.Create();
        await using var connection = await database.ConnectAsync("");
        await using (var create = connection.CreateCommand())
        {
            create.CommandText = $"CREATE DATABASE `{database.Options.Database}`";
            await create.ExecuteNonQueryAsync();
        }

        Environment.SetEnvironmentVariable("MYSQL_PWD", database.Options.Password);
        var ended = await Console.RunAsync(
            "import", "--table", "shop", "--dry-run", ExportedFile, "--mysql-host", database.Options.Host, "--mysql-port",
            database.Options.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--mysql-user", database.Options.User,
            "--mysql-db", database.Options.Database);

        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain($"the database {database.Options.Database} has no catalog of ImageSearch");
        await using var count = connection.CreateCommand();
        count.CommandText = $"SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '{database.Options.Database}'";
        (await count.ExecuteScalarAsync()).ShouldBe(0L);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task A_file_without_certificates_is_refused_and_named(string content)
    {
        var file = _shop.Path("ca.pem");
        await File.WriteAllTextAsync(file, content);

        var ended = await Console.RunAsync(
            "migrate", "bogv", "--milvus-host", "127.0.0.1", "--collection", "c", "--data", _shop.Path("other"), "--tls", "--tls-ca", file);

        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain($"--tls-ca is \"{file}\", but the file");
        ended.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_file_of_another_model_is_refused_and_the_error_names_both_models()
    {
        await ExportAsync();
        await using (var catalog = await _shop.OpenAsync("other"))
        {
            await catalog.CreateTableAsync(Shop.Table, new ModelIdentity("other-net", "2", 8), Metric.L2, default);
        }

        var ended = await ImportAsync("other");

        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain("test-net 1 (4 values)");
        ended.Error.ShouldContain("other-net 2 (8 values)");
        (await _shop.RowsAsync("other")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Invalid_rows_are_refused_by_id_and_line_and_the_others_are_imported()
    {
        await ExportAsync();
        await ChangeLinesAsync((1, row => row["feature"] = "f32:AAAA"), (2, row => row["tags"] = new string('x', 33)), (3, row => row["id"] = 0));

        var ended = await ImportAsync("other");

        ended.Code.ShouldBe(2);
        (ended.Number("taken"), ended.Number("refused")).ShouldBe((595, 3));
        var refused = ended.Report["refusedRows"]!.AsArray();
        (refused[0]!["id"]!.GetValue<long>(), refused[0]!["line"]!.GetValue<long>()).ShouldBe((2, 2));
        refused[0]!["reason"]!.GetValue<string>().ShouldContain("4 values");
        refused[1]!["reason"]!.GetValue<string>().ShouldContain("33 characters");
        refused[2]!["reason"]!.GetValue<string>().ShouldContain("id");
    }

    [Theory]
    [InlineData("{\"id\": 5, \"upload_status\": 1, \"version\": 1, \"colour\": \"red\"}", "colour")]
    [InlineData("{\"id\": 5}", "upload_status")]
    [InlineData("{\"id\": 5, \"upload_status\": 1, \"version\": 1, \"tags\": \"\\ud800\"}", "StoredRow")]
    [InlineData("not json", "invalid")]
    [InlineData("", "JSON")]
    [InlineData("null", "null")]
    public async Task An_invalid_line_is_refused_by_its_number(string line, string reason)
    {
        await ExportAsync();
        var lines = await File.ReadAllLinesAsync(ExportedFile);
        lines[10] = line;
        await File.WriteAllLinesAsync(ExportedFile, lines);

        var ended = await ImportAsync("other");

        ended.Code.ShouldBe(2, ended.Error);
        var refused = ended.Report["refusedRows"]!.AsArray().ShouldHaveSingleItem()!;
        refused["line"]!.GetValue<long>().ShouldBe(11);
        refused["reason"]!.GetValue<string>().ShouldContain(reason);
    }

    [Fact]
    public async Task A_row_with_the_id_of_another_row_is_refused_and_the_other_row_stays()
    {
        await ExportAsync();
        await ImportAsync("other");
        await ChangeLinesAsync((1, row => row["brief"] = "changed"));
        var before = await _shop.RowsAsync("other");

        var ended = await ImportAsync("other");

        ended.Code.ShouldBe(2);
        (ended.Number("alreadyThere"), ended.Number("refused"), ended.Number("taken")).ShouldBe((597, 1, 0));
        (await _shop.RowsAsync("other")).ShouldBe(before);
    }

    [Fact]
    public async Task A_duplicate_id_in_a_file_is_imported_once()
    {
        await ExportAsync();
        var lines = (await File.ReadAllLinesAsync(ExportedFile)).ToList();
        lines.Insert(2, lines[1]);
        lines.Insert(3, lines[1].Replace("\"version\":2", "\"version\":3", StringComparison.Ordinal));
        lines[^1] = "{\"end_of_rows\":600}";
        await File.WriteAllLinesAsync(ExportedFile, lines);

        var ended = await ImportAsync("other");

        (ended.Number("taken"), ended.Number("alreadyThere"), ended.Number("refused")).ShouldBe((598, 1, 1));
    }

    [Fact]
    public async Task The_folder_of_a_running_service_is_refused_with_a_hint()
    {
        await ExportAsync();
        await using var service = await _shop.OpenAsync("data");

        var ended = await Console.RunAsync("export", "--table", "shop", "--data", _shop.Path("data"), _shop.Path("b.jsonl"));

        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain("in use by another ImageSearch process; stop that one");
        File.Exists(_shop.Path("b.jsonl")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_export_from_a_folder_without_a_catalog_creates_none()
    {
        var ended = await Console.RunAsync("export", "--table", "shop", "--data", _shop.Path("nothing"), ExportedFile);

        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain("catalog.db");
        Directory.Exists(_shop.Path("nothing")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_export_of_a_table_that_does_not_exist_leaves_no_file()
    {
        await ExportAsync();

        var ended = await Console.RunAsync("export", "--table", "nosuch", "--data", _shop.Path("data"), _shop.Path("b.jsonl"));

        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain("there is no table nosuch");
        Directory.GetFiles(_shop.Path("."), "b.jsonl*").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_existing_file_is_only_replaced_with_overwrite()
    {
        await ExportAsync();

        var again = await Console.RunAsync("export", "--table", "shop", "--data", _shop.Path("data"), ExportedFile);
        var overwritten = await Console.RunAsync("export", "--table", "shop", "--data", _shop.Path("data"), "--overwrite", ExportedFile);

        again.Code.ShouldBe(1);
        again.Error.ShouldContain("--overwrite");
        overwritten.Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("1bad")]
    [InlineData("a'; DROP TABLE x")]
    public async Task An_invalid_table_name_is_an_error_of_the_command_line(string name) =>
        (await Console.RunAsync("export", "--table", name, ExportedFile)).Error.ShouldContain("table name must start with");

    [Fact]
    public async Task A_file_of_another_kind_is_refused()
    {
        await File.WriteAllTextAsync(ExportedFile, "id,tags\n1,a\n");

        (await ImportAsync("other")).Error.ShouldContain("not a file that imagesearch export wrote");
    }

    [Fact]
    public async Task Without_json_the_report_is_text()
    {
        await _shop.FillAsync("data");

        var ended = await Console.RunAsync("export", "--table", "shop", "--data", _shop.Path("data"), ExportedFile);

        ended.Output.ShouldStartWith("export shop: 598 rows, 598 taken, 0 already present, 0 refused");
        ended.Error.ShouldBeEmpty();
    }

    private string ExportedFile => _shop.Path("shop.jsonl");

    private async Task ExportAsync()
    {
        await _shop.FillAsync("data");
        var ended = await Console.RunAsync("export", "--table", "shop", "--data", _shop.Path("data"), ExportedFile);
        ended.Code.ShouldBe(0, ended.Error);
    }

    private Task<Console.Ended> ImportAsync(string data, params string[] more) =>
        Console.RunAsync(["import", "--table", "shop", "--data", _shop.Path(data), "--json", ExportedFile, .. more]);

    private async Task ChangeLinesAsync(params (int Line, Action<JsonNode> Change)[] changes)
    {
        var lines = await File.ReadAllLinesAsync(ExportedFile);
        foreach (var (line, change) in changes)
        {
            var row = JsonNode.Parse(lines[line])!;
            change(row);
            lines[line] = row.ToJsonString();
        }

        await File.WriteAllLinesAsync(ExportedFile, lines);
    }
}
