using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Cli.Tests.Service;

[Collection(ServiceGroup.Name)]
[UnsupportedOSPlatform("windows")]
public sealed class ImportCommandTests(RunningService service)
{
    [Fact]
    public async Task The_pictures_of_a_folder_are_imported_under_their_paths()
    {
        var folder = Folder("pictures");
        service.Write("pictures/.hidden.png", GoldenPicture.Flag);
        service.Write("pictures/notes.txt", GoldenPicture.Flag);

        var ended = await service.RunAsync("import", folder, "--table", "folder", "--create", "--json");

        ended.Code.ShouldBe(0, ended.Error);
        (ended.Number("pictures"), ended.Number("stored"), ended.Number("failed")).ShouldBe((3, 3, 0));
        (await KeysAsync("folder")).ShouldBe(["a/wine.jpg", "bottle.png", "flag.png"]);
        (await service.RunAsync("count", "--table", "folder")).Output.ShouldBe("3\n");
    }

    [Fact]
    public async Task An_interrupted_import_goes_on_and_sends_nothing_twice()
    {
        const int Count = 501;
        foreach (var i in Enumerable.Range(0, Count)) service.Write($"many/{i:000}.png", GoldenPicture.Flag);
        await service.RunAsync("create", "--table", "many");
        string[] import = ["import", Path.Combine(service.Folder, "many"), "--table", "many"];
        var before = JournalFiles();

        // 500 files are one import and the last one is another.
        using var interrupt = new CancellationTokenSource();
        var running = service.RunAsync(interrupt.Token, import);
        while (!JournalFiles().Except(before).Any(file => File.ReadAllText(file).Contains("\"Id\":\"", StringComparison.Ordinal))) await Task.Delay(5);
        await interrupt.CancelAsync();
        var interrupted = await running;
        interrupted.Code.ShouldBe(3, interrupted.Error);
        interrupted.Error.ShouldContain("--resume continues");
        File.GetUnixFileMode(JournalFiles().Except(before).Single()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var resumed = await service.RunAsync([.. import, "--resume", "--json"]);

        resumed.Code.ShouldBe(0, resumed.Error);
        (resumed.Number("pictures"), resumed.Number("stored")).ShouldBe((Count, Count));
        (await service.RunAsync("count", "--table", "many")).Output.ShouldBe($"{Count}\n");
        (await service.ImportsAsync("many")).ShouldBe(2);
        JournalFiles().Except(before).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_import_that_was_interrupted_begins_again_without_resume()
    {
        var missing = service.Write("again.ndjson", "{}\n"u8.ToArray());
        await service.RunAsync("create", "--table", "again");
        (await service.RunAsync("import", missing, "--table", "again")).Code.ShouldBe(1);
        await File.WriteAllTextAsync(missing, $"{{\"key\":\"a\",\"image\":\"{GoldenPicture.Flag.Base64()}\"}}\n");
        (await service.RunAsync("import", missing, "--table", "again")).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("stem", "bottle", "flag", "wine")]
    [InlineData("filename", "bottle.png", "flag.png", "wine.jpg")]
    public async Task Keys_of_a_folder_are_parts_of_names(string rule, params string[] keys)
    {
        var table = $"keys_{rule}";
        (await service.RunAsync("import", Folder($"pictures_{rule}"), "--table", table, "--create", "--key", rule)).Code.ShouldBe(0);
        (await KeysAsync(table)).ShouldBe(keys);
    }

    [Fact]
    public async Task Files_with_the_same_content_are_one_item_under_its_MD5()
    {
        var folder = Folder("twins");
        service.Write("twins/again.png", GoldenPicture.Flag);
        var ended = await service.RunAsync("import", folder, "--table", "md5", "--create", "--key", "md5");
        ended.Code.ShouldBe(0, ended.Error);
        ended.Output.ShouldContain("3 pictures, 3 stored, 0 failed");
        ended.Output.ShouldContain("1 files have the content of another one");
        (await KeysAsync("md5")).ShouldAllBe(key => key.Length == 32);
    }

    [Fact]
    public async Task Two_files_with_the_same_key_are_an_error_that_names_both()
    {
        var folder = Folder("clash");
        service.Write("clash/b/wine.jpg", GoldenPicture.Wine);
        var ended = await service.RunAsync("import", folder, "--table", "clash", "--create", "--key", "filename");
        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain("'a/wine.jpg' and 'b/wine.jpg' have the same key");
    }

    [Fact]
    public async Task Files_that_are_no_pictures_are_failures_and_the_others_are_stored()
    {
        var folder = Folder("mixed");
        service.Write("mixed/empty.png", []);
        service.Write("mixed/text.jpg", "no picture at all"u8.ToArray());

        var ended = await service.RunAsync("import", folder, "--table", "mixed", "--create", "--json");

        ended.Code.ShouldBe(2);
        (ended.Number("pictures"), ended.Number("stored"), ended.Number("failed")).ShouldBe((5, 3, 2));
        ended.Report["failures"]!.AsArray().Select(failure => failure!["name"]!.GetValue<string>()).Order().ShouldBe(["empty.png", "text.jpg"]);
    }

    [Fact]
    public async Task A_list_of_NDJSON_is_imported_with_another_member_as_the_key()
    {
        var list = service.Write("list.ndjson", Encoding.UTF8.GetBytes(
            $$"""
            {"sku":4711,"image":"{{GoldenPicture.Flag.Base64()}}","tags":"flag"}
            {"sku":"x","image":"{{GoldenPicture.Wine.Base64()}}"}

            """));
        var ended = await service.RunAsync("import", list, "--table", "ndjson", "--create", "--key", "sku");
        ended.Code.ShouldBe(0, ended.Error);
        (await KeysAsync("ndjson")).ShouldBe(["4711", "x"]);
    }

    [Fact]
    public async Task A_CSV_is_imported_with_another_column_as_the_key()
    {
        await service.FillAsync("csv");
        var missing = service.Write("missing.csv", "name,url\na,https://shop.example/a.jpg\n"u8.ToArray());
        (await service.RunAsync("import", missing, "--table", "csv", "--key", "sku")).Error.ShouldContain("no column sku");

        var list = service.Write("list.csv", "url,sku\r\nftp://shop.example/a.jpg,4711\r\n"u8.ToArray());
        var ended = await service.RunAsync("import", list, "--table", "csv", "--key", "sku", "--skip-invalid", "--json");
        ended.Code.ShouldBe(2, ended.Error);
        ended.Report["failures"]!.AsArray().Single()!["name"]!.GetValue<string>().ShouldStartWith("line 2");
    }

    [Fact]
    public async Task A_ZIP_is_imported()
    {
        var zip = Path.Combine(service.Folder, "pictures.zip");
        await ZipFile.CreateFromDirectoryAsync(Folder("zipped"), zip);
        (await service.RunAsync("import", zip, "--table", "zip", "--create")).Output.ShouldContain("3 pictures, 3 stored");
    }

    [Fact]
    public async Task An_export_of_a_service_is_a_list_for_an_import()
    {
        await service.FillAsync("exported");
        var file = Path.Combine(service.Folder, "exported.ndjson");
        var exported = await service.RunAsync("export", file, "--table", "exported", "--json");
        exported.Code.ShouldBe(0, exported.Error);
        exported.Number("rows").ShouldBe(3);
        (await service.RunAsync("export", file, "--table", "exported")).Error.ShouldContain("--overwrite");

        (await service.RunAsync("import", file, "--table", "imported", "--create")).Code.ShouldBe(0);
        (await service.RunAsync("items", "--table", "imported", "--json")).Output.ShouldBe((await service.RunAsync("items", "--table", "exported", "--json")).Output);
    }

    [Fact]
    public async Task A_dry_run_stores_nothing()
    {
        await service.RunAsync("create", "--table", "dry");
        var ended = await service.RunAsync("import", Folder("dry"), "--table", "dry", "--dry-run");
        ended.Output.ShouldContain("3 would be stored");
        (await service.RunAsync("count", "--table", "dry")).Output.ShouldBe("0\n");
    }

    [Fact]
    public async Task A_missing_table_is_not_created_unasked()
    {
        var ended = await service.RunAsync("import", Folder("missing"), "--table", "not_created");
        ended.Code.ShouldBe(6);
        ended.Error.ShouldContain("--create");
    }

    [Fact]
    public async Task The_options_of_a_catalog_and_of_a_service_exclude_each_other()
    {
        var ended = await Console.RunAsync("import", Folder("both"), "--table", "t", "--data", Path.Combine(service.Folder, "data"), "--resume");
        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain("leave one kind out");
    }

    private async Task<IEnumerable<string>> KeysAsync(string table) =>
        (await service.RunAsync("items", "--table", table, "--json", "--order-by", "key")).Lines
            .Select(line => System.Text.Json.Nodes.JsonNode.Parse(line)!["key"]!.GetValue<string>());

    private string Folder(string name)
    {
        service.Write($"{name}/flag.png", GoldenPicture.Flag);
        service.Write($"{name}/bottle.png", GoldenPicture.Bottle);
        service.Write($"{name}/a/wine.jpg", GoldenPicture.Wine);
        return Path.Combine(service.Folder, name);
    }

    private static string[] JournalFiles()
    {
        var folder = Path.Combine(Console.Home, "state", "imagesearch", "imports");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
    }
}
