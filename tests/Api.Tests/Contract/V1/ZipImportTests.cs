using System.Net;
using System.Text;
using System.Text.Json;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;
using ImageSearch.Api.Tests.V1.Zips;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Imports of ZIPs of pictures.</summary>
public sealed class ZipImportTests(ImportService service) : IClassFixture<ImportService>
{
    private readonly ImportClient _imports = new(service.Client);
    private readonly MilvusImgClient _calls = new(service.Client);

    [Fact]
    public async Task The_pictures_of_a_ZIP_have_their_names_as_keys()
    {
        await ImportClient.CreateAsync(service.Client, "zipped");

        var import = await ImportAsync("zipped", new ZipBytes().Add("shoes/arrow.png", GoldenPicture.Arrow).Add("bottle.png", GoldenPicture.Bottle).End());

        ImportClient.Counts(import).ShouldBe((2, 2, 0));
        (await ItemAsync("zipped", "shoes/arrow.png")).GetProperty("key").GetString().ShouldBe("shoes/arrow.png");
        (await _calls.FoundAsync("zipped", GoldenPicture.Bottle, 1)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_list_in_the_ZIP_says_which_files_are_imported_and_how()
    {
        await ImportClient.CreateAsync(service.Client, "ziplist");
        var list = ImportClient.Line(new { file = "a.png", key = "4711", tags = "arrow", brief = "an arrow", product_id = "p1" });

        var import = await ImportAsync(
            "ziplist",
            new ZipBytes().Add("a.png", GoldenPicture.Arrow).Add("b.png", GoldenPicture.Bottle).Add("list.ndjson", Encoding.UTF8.GetBytes(list)).End());

        ImportClient.Counts(import).ShouldBe((1, 1, 0));
        var item = await ItemAsync("ziplist", "4711");
        item.GetProperty("tags").GetString().ShouldBe("arrow");
        item.GetProperty("product_id").GetString().ShouldBe("p1");
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("continue")]
    public async Task A_file_that_is_no_picture_is_a_failure_of_its_line(string rule)
    {
        await ImportClient.CreateAsync(service.Client, "nopicture");

        var import = await ImportAsync(
            $"nopicture?on_error={rule}", new ZipBytes().Add("read.me", "no picture"u8.ToArray()).Add("b.png", GoldenPicture.Bottle).End());

        ImportClient.Counts(import).ShouldBe((2, 1, 1));
        var failure = (await FailuresAsync(import)).ShouldHaveSingleItem();
        (failure.GetProperty("line").GetInt64(), failure.GetProperty("key").GetString(), failure.GetProperty("code").GetString())
            .ShouldBe((1, "read.me", "picture_type_unknown"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_refuses_the_ZIP_unless_the_client_continues()
    {
        await ImportClient.CreateAsync(service.Client, "zipdamaged");
        var zip = new ZipBytes().Add("a.png", GoldenPicture.Arrow).Add("b.png", GoldenPicture.Bottle, new(Crc: 7)).End();

        var (status, refused) = await PostAsync("zipdamaged", zip);
        var import = await ImportAsync("zipdamaged?on_error=continue", zip);

        status.ShouldBe(HttpStatusCode.BadRequest);
        ImportClient.Reason(refused).ShouldBe("line 2: the file b.png is damaged: create the ZIP again");
        ImportClient.Counts(import).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task A_ZIP_of_many_pictures_is_sent_in_pieces()
    {
        await ImportClient.CreateAsync(service.Client, "many");
        var zip = new ZipBytes();
        for (var i = 0; i < 300; i++) zip.Add($"{i}.png", GoldenPicture.Different[i % GoldenPicture.Different.Count]);

        ImportClient.Counts(await ImportAsync("many", zip.End())).ShouldBe((300, 300, 0));
    }

    [Fact]
    public async Task A_ZIP_with_one_name_twice_is_refused()
    {
        await ImportClient.CreateAsync(service.Client, "ziptwice");
        var (_, refused) = await PostAsync("ziptwice", new ZipBytes().Add("a.png", GoldenPicture.Arrow).Add("a.png", GoldenPicture.Arrow).End());
        ImportClient.Reason(refused).ShouldStartWith("line 2: its key is that of line 1");
    }

    [Theory]
    [InlineData("?charset=klingon", "application/zip", "charset must be a charset such as gbk, but is klingon")]
    [InlineData("?charset=gbk", "text/csv", "charset must be given with a ZIP only; name the charset of a list in its Content-Type, but is gbk")]
    [InlineData("", "application/x-zip-compressed", "the body is no ZIP, or a part of its end is missing: send the whole file")]
    public async Task A_call_that_makes_no_sense_is_refused(string query, string contentType, string reason)
    {
        await ImportClient.CreateAsync(service.Client, "zipwrong");
        using var content = new StringContent("PK");
        var (status, body) = await _imports.PostListAsync($"zipwrong{query}", content, contentType);
        (status, ImportClient.Reason(body)).ShouldBe((HttpStatusCode.BadRequest, reason));
    }

    private async Task<JsonElement> ImportAsync(string target, byte[] zip)
    {
        var (status, body) = await PostAsync(target, zip);
        status.ShouldBe(HttpStatusCode.Accepted, body.ToString());
        return await _imports.UntilEndedAsync(body.GetProperty("id").GetString()!);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string target, byte[] zip)
    {
        using var content = new ByteArrayContent(zip);
        return await _imports.PostListAsync(target, content, "application/zip");
    }

    private async Task<JsonElement> ItemAsync(string table, string key)
    {
        var (status, item) = await _imports.SendAsync(HttpMethod.Get, $"/v1/tables/{table}/items/{Uri.EscapeDataString(key)}");
        status.ShouldBe(HttpStatusCode.OK, item.ToString());
        return item;
    }

    private async Task<JsonElement[]> FailuresAsync(JsonElement import) =>
    [
        .. (await _imports.SendAsync(HttpMethod.Get, $"/v1/imports/{import.GetProperty("id").GetString()}/failures")).Body.GetProperty("failures").EnumerateArray(),
    ];
}
