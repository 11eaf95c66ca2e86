using System.IO.Compression;
using System.Text;
using ImageSearch.Api.Tests.Running;
using ImageSearch.Client.Imports;
using ImageSearch.Client.Items;
using ImageSearch.Client.Problems;
using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Tests.Service;

[Collection(ServiceGroup.Name)]
public sealed class ImportTests(ClientService service)
{
    private readonly ImportCalls _imports = service.Client.Imports;

    [Fact]
    public async Task A_sequence_is_sent_line_by_line_and_its_progress_followed_to_the_end()
    {
        var items = await TableAsync("sequence");
        var import = await _imports.SendAsync("imports_sequence", PicturesAsync(8, "not base64"));
        import.Items.ShouldBe(9);

        var last = await LastAsync(import.Id);
        (last.State, last.Stored, last.Failed).ShouldBe((ImportState.Finished, 8, 1));
        (await items.GetAsync("3")).Attributes!["price"].Number.ShouldBe(3);

        var failures = new List<ImportFailure>();
        await foreach (var failure in _imports.FailuresAsync(import.Id)) failures.Add(failure);
        (failures.ShouldHaveSingleItem().Line, failures[0].Key).ShouldBe((9, "bad"));

        var got = await _imports.GetAsync(import.Id);
        (got.State, got.Table).ShouldBe((ImportState.Finished, "imports_sequence"));
        got.Ended.ShouldNotBeNull();
        var listed = new List<Import>();
        await foreach (var one in _imports.ListAsync("imports_sequence", ImportState.Finished)) listed.Add(one);
        listed.ShouldHaveSingleItem().Id.ShouldBe(import.Id);
    }

    [Fact]
    public async Task A_table_imports_as_it_was_exported()
    {
        var source = await TableAsync("source");
        await LastAsync((await _imports.SendAsync("imports_source", PicturesAsync(8, null))).Id);
        await TableAsync("copy");
        await LastAsync((await _imports.SendAsync("imports_copy", CopyAsync(source))).Id);

        var originals = await AllAsync(source);
        var copies = await AllAsync(service.Client.Items("imports_copy"));
        copies.Count.ShouldBe(8);
        copies.Select(Line).ShouldBe(originals.Select(Line));
        copies.ShouldAllBe(copy => copy.Thumbnail != null && copy.Original == null);
    }

    [Fact]
    public async Task NDJSON_CSV_ZIP_and_folders_are_imported()
    {
        var items = await TableAsync("formats");
        var url = service.Pictures.PictureUrl;
        using var ndjson = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"url":"{{url}}","key":"n"}"""));
        using var csv = new MemoryStream(Encoding.UTF8.GetBytes($"url,key,price\n{url},c,4\n"));
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = await archive.CreateEntry("z.png").OpenAsync();
            await entry.WriteAsync(GoldenPicture.Flag);
        }

        zip.Position = 0;
        var folder = Directory.CreateDirectory(Path.Combine(service.Folder, "import")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "f.png"), GoldenPicture.Arrow);
        Import[] imports =
        [
            await _imports.SendNdjsonAsync("imports_formats", ndjson),
            await _imports.SendCsvAsync("imports_formats", csv),
            await _imports.SendZipAsync("imports_formats", zip),
            await _imports.BeginFolderAsync("imports_formats", folder, "*.png", FolderKey.Stem),
        ];
        foreach (var import in imports) (await LastAsync(import.Id)).Stored.ShouldBe(1);
        foreach (var key in (string[])["n", "c", "z.png", "f"]) (await items.GetAsync(key)).Key.ShouldBe(key);
    }

    [Fact]
    public async Task An_invalid_line_refuses_the_list_by_its_number_while_the_rest_is_sent()
    {
        await TableAsync("refused");
        var rest = string.Concat(Enumerable.Repeat("{\"url\":\"http://127.0.0.1/picture.png\"}\n", 200_000));
        using var list = new ForwardStream(Encoding.UTF8.GetBytes("{\"url\":\"http://127.0.0.1/1.png\"}\n{\"uri\":\"\"}\n" + rest));
        var problem = await Should.ThrowAsync<ProblemException>(() => _imports.SendNdjsonAsync("imports_refused", list));
        problem.Code.ShouldBe(ProblemCode.RequestInvalid);
        problem.Problem.Detail.ShouldContain("line 2");
    }

    [Fact]
    public async Task An_exception_of_the_sequence_comes_out_and_nothing_is_imported()
    {
        await TableAsync("broken");
        await Should.ThrowAsync<FileNotFoundException>(() => _imports.SendAsync("imports_broken", BrokenAsync()));
        (await service.Client.Tables.GetAsync("imports_broken")).Rows.ShouldBe(0);
    }

    [Fact]
    public async Task The_same_idempotency_key_is_the_same_import()
    {
        await TableAsync("same");
        var options = new ImportOptions { IdempotencyKey = "night-1", OnExistingKey = KeyRule.Skip };
        var first = await _imports.SendAsync("imports_same", PicturesAsync(1, null), options);
        (await _imports.SendAsync("imports_same", PicturesAsync(1, null), options)).Id.ShouldBe(first.Id);
        first.OnExistingKey.ShouldBe(KeyRule.Skip);
    }

    [Fact]
    public async Task Duplicates_are_rejected_and_counted()
    {
        await TableAsync("duplicates");
        var options = new ImportOptions { OnDuplicate = DuplicateRule.Reject, DuplicateScore = 0.99 };

        var import = await _imports.SendAsync("imports_duplicates", TwiceAsync(), options);

        (import.OnDuplicate, import.DuplicateScore).ShouldBe((DuplicateRule.Reject, 0.99));
        var last = await LastAsync(import.Id);
        (last.Stored, last.Failed, last.Duplicates).ShouldBe((1, 1, 1));
        await foreach (var failure in _imports.FailuresAsync(import.Id)) failure.Code.ShouldBe(ProblemCode.DuplicatePicture);
        (await _imports.GetAsync(import.Id)).Duplicates.ShouldBe(1);
    }

    [Fact]
    public async Task An_import_is_cancelled()
    {
        await TableAsync("cancelled");
        var import = await _imports.SendAsync("imports_cancelled", PicturesAsync(8, null), new ImportOptions { DryRun = true });
        (await _imports.CancelAsync(import.Id)).State.ShouldBeOneOf(ImportState.Cancelled, ImportState.Finished);
        (await Should.ThrowAsync<ProblemException>(() => _imports.GetAsync(new string('0', 32)))).Code.ShouldBe(ProblemCode.ImportNotFound);
    }

    private static async IAsyncEnumerable<ImportItem> PicturesAsync(int count, string? bad)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return new ImportItem
            {
                Picture = Picture.FromBytes(GoldenPicture.Different[i]),
                Key = $"{i}",
                Attributes = new Dictionary<string, AttributeValue> { ["price"] = i },
            };
        }

        if (bad is not null) yield return new ImportItem { Picture = Picture.FromBytes(Encoding.UTF8.GetBytes(bad)), Key = "bad" };
    }

    private static async IAsyncEnumerable<ImportItem> TwiceAsync()
    {
        await Task.Yield();
        yield return new ImportItem { Picture = Picture.FromBytes(GoldenPicture.Flag), Key = "one" };
        yield return new ImportItem { Picture = Picture.FromBytes(GoldenPicture.Flag), Key = "two" };
    }

    private async IAsyncEnumerable<ImportItem> BrokenAsync()
    {
        yield return new ImportItem { Picture = Picture.FromBytes(GoldenPicture.Flag), Key = "first" };
        await Task.Yield();
        yield return new ImportItem { Picture = Picture.FromFile(Path.Combine(service.Folder, "missing.jpg")), Key = "second" };
    }

    private static async IAsyncEnumerable<ImportItem> CopyAsync(ItemCalls source)
    {
        await foreach (var item in source.ExportAsync(withPictures: true)) yield return ImportItem.Of(item);
    }

    private static async Task<List<ExportedItem>> AllAsync(ItemCalls items)
    {
        var all = new List<ExportedItem>();
        await foreach (var item in items.ExportAsync(withPictures: true)) all.Add(item);
        return all;
    }

    private static string Line(ExportedItem item) =>
        $"{item.Id} {item.Key} {item.Attributes!["price"]} {item.Created:O} {item.Model} {item.Vector!.Value.Span[0]} {item.Vector.Value.Span[^1]} "
        + Convert.ToHexString(item.Thumbnail!.Value.Span);

    private async Task<ImportProgress> LastAsync(string id)
    {
        ImportProgress? last = null;
        await foreach (var progress in _imports.WatchAsync(id)) last = progress;
        return last.ShouldNotBeNull();
    }

    private async Task<ItemCalls> TableAsync(string name)
    {
        await service.Client.Tables.CreateAsync($"imports_{name}", new TableSettings { Attributes = [AttributeDefinition.Of("price", AttributeType.Number)] });
        return service.Client.Items($"imports_{name}");
    }
}
