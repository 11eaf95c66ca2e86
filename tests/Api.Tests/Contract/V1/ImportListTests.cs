using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>The list of imports.</summary>
public sealed class ImportListTests(ImportService service) : IClassFixture<ImportService>
{
    private readonly ImportClient _imports = new(service.Client);

    [Fact]
    public async Task Pages_have_every_import_of_a_table_once_and_the_newest_first()
    {
        await ImportClient.CreateAsync(service.Client, "paged");
        await ImportClient.CreateAsync(service.Client, "unpaged");
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, await _imports.BeginAsync("paged", ImportClient.Line(new { url = service.Shop.PictureUrl, key = $"{i}" })));
            await _imports.UntilEndedAsync(ids[0]);
            await _imports.UntilEndedAsync(await _imports.BeginAsync("unpaged", ImportClient.Line(new { url = service.Shop.PictureUrl, key = $"{i}" })));
        }

        var listed = new List<string>();
        string? cursor = null;
        do
        {
            var (imports, next) = await ListAsync($"table=paged&state=finished&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            imports.Count.ShouldBeInRange(1, 2);
            listed.AddRange(imports.Select(import => import.GetProperty("id").GetString()!));
            cursor = next;
        }
        while (cursor is not null);

        listed.ShouldBe(ids);
        (await ListAsync("table=paged&state=running")).Imports.ShouldBeEmpty();
        (await ListAsync("table=nowhere")).Imports.ShouldBeEmpty();
    }

    [Fact]
    public async Task Dates_are_in_RFC_3339()
    {
        await ImportClient.CreateAsync(service.Client, "dated");
        var import = await _imports.ImportAsync("dated", ImportClient.Line(new { url = service.Shop.PictureUrl }));
        foreach (var name in (string[])["began", "ended"])
            DateTime.TryParseExact(import.GetProperty(name).GetString(), "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _).ShouldBeTrue(name);
    }

    [Theory]
    [InlineData("state=done", "state")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("cursor=AAAA", "cursor")]
    [InlineData("sort=x", "sort")]
    public async Task A_parameter_that_makes_no_sense_is_refused(string query, string field)
    {
        var (status, body) = await _imports.SendAsync(HttpMethod.Get, $"/v1/imports?{query}");
        (status, body.GetProperty("field").GetString()).ShouldBe((HttpStatusCode.BadRequest, field));
    }

    private async Task<(List<JsonElement> Imports, string? Next)> ListAsync(string query)
    {
        var (status, body) = await _imports.SendAsync(HttpMethod.Get, $"/v1/imports?{query}");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return ([.. body.GetProperty("imports").EnumerateArray()], body.GetProperty("next_cursor").GetString());
    }
}
