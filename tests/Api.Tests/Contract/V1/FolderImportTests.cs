using System.Net;
using System.Text.Json;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Imports of folders of the silos.</summary>
public sealed class FolderImportTests(ImportService service) : IClassFixture<ImportService>
{
    private readonly ImportClient _imports = new(service.Client);

    [Fact]
    public async Task The_files_of_a_folder_are_imported_by_the_chosen_key()
    {
        await ImportClient.CreateAsync(service.Client, "folders");
        var folder = Folder("year", "a/arrow.png", "bottle.png", "notes.txt");

        foreach (var (query, key) in new[] { ("", "a/arrow.png"), ("&key=name", "arrow.png"), ("&key=stem&pattern=a/*", "arrow") })
        {
            var import = await ImportAsync("folders", $"folder={Uri.EscapeDataString(folder)}{query}");
            import.GetProperty("failed").GetInt64().ShouldBe(0);
            (await _imports.SendAsync(HttpMethod.Get, $"/v1/tables/folders/items/{Uri.EscapeDataString(key)}")).Status.ShouldBe(HttpStatusCode.OK, key);
        }
    }

    [Fact]
    public async Task Two_files_with_one_key_are_both_named()
    {
        await ImportClient.CreateAsync(service.Client, "samekey");
        var folder = Folder("same", "a/x.png", "b/x.png");

        var (status, refused) = await PostAsync("samekey", $"folder={Uri.EscapeDataString(folder)}&key=name");

        status.ShouldBe(HttpStatusCode.BadRequest);
        ImportClient.Reason(refused).ShouldStartWith("line 2: the files a/x.png and b/x.png have the same key");
    }

    [Theory]
    [InlineData("folder=/etc", "folder names no folder that may be listed")]
    [InlineData("folder=ROOT/nothing", "folder names no folder that may be listed")]
    [InlineData("folder=ROOT&pattern=../*", "pattern must be relative")]
    [InlineData("folder=ROOT&pattern=none/*", "the folder has no file that matches")]
    [InlineData("folder=ROOT&key=id", "key must be one of path, name, stem, but is id")]
    [InlineData("pattern=*.jpg", "folder is missing")]
    public async Task A_folder_that_cannot_be_imported_is_refused(string query, string reason)
    {
        await ImportClient.CreateAsync(service.Client, "nofolder");
        var (status, refused) = await PostAsync("nofolder", query.Replace("ROOT", Uri.EscapeDataString(service.Pictures.Root), StringComparison.Ordinal));
        status.ShouldBe(HttpStatusCode.BadRequest);
        ImportClient.Reason(refused).ShouldStartWith(reason);
    }

    [Fact]
    public async Task A_folder_and_a_body_are_refused_together()
    {
        var (status, refused) = await _imports.SendAsync(HttpMethod.Post, "/v1/tables/any/imports?folder=/x", "{}");
        (status, refused.GetProperty("field").GetString()).ShouldBe((HttpStatusCode.BadRequest, "folder"));
    }

    private string Folder(string name, params string[] files)
    {
        var folder = Path.Combine(service.Pictures.Root, name);
        foreach (var (i, file) in files.Index())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.WriteAllBytes(Path.Combine(folder, file), GoldenPicture.Different[i]);
        }

        return folder;
    }

    private async Task<JsonElement> ImportAsync(string table, string query)
    {
        var (status, body) = await PostAsync(table, query);
        status.ShouldBe(HttpStatusCode.Accepted, body.ToString());
        return await _imports.UntilEndedAsync(body.GetProperty("id").GetString()!);
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string table, string query) =>
        _imports.SendAsync(HttpMethod.Post, $"/v1/tables/{table}/imports?{query}");
}
