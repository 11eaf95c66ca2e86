using System.Net;
using System.Text.Json;
using ImageSearch.Api.Tests.Contract.MilvusImg;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>One Idempotency-Key is one import.</summary>
public sealed class ImportKeyTests(ImportService service) : IClassFixture<ImportService>
{
    private readonly ImportClient _imports = new(service.Client);
    private readonly MilvusImgClient _calls = new(service.Client);

    [Fact]
    public async Task A_second_list_with_an_idempotency_key_whose_list_is_arriving_is_refused_and_leaves_the_first_alone()
    {
        await ImportClient.CreateAsync(service.Client, "keyed");
        using var list = new SlowContent(string.Concat(Enumerable.Range(0, 40).Select(i => Picture($"k{i}") + "\n")), Picture("last"));
        var first = SendKeyedAsync("keyed", list);
        while (await CountImportsAsync("keyed") == 0) await Task.Delay(20);

        using var other = new StringContent("{");
        var (status, body) = await SendKeyedAsync("keyed", other);
        (status, body.GetProperty("code").GetString()).ShouldBe((HttpStatusCode.ServiceUnavailable, "busy"));
        list.Finish();

        ImportClient.Counts(await _imports.UntilEndedAsync(Id((await first).Body))).ShouldBe((41, 41, 0));
    }

    [Fact]
    public async Task An_idempotency_key_whose_import_was_cancelled_is_refused()
    {
        await ImportClient.CreateAsync(service.Client, "unkeyed");
        using var list = new SlowContent(string.Concat(Enumerable.Range(0, 40).Select(i => Picture($"k{i}") + "\n")), Picture("last"));
        var first = SendKeyedAsync("unkeyed", list);
        while (await CountImportsAsync("unkeyed") == 0) await Task.Delay(20);
        await _imports.SendAsync(HttpMethod.Delete, $"/v1/imports/{Id((await ListedAsync("unkeyed")).ShouldHaveSingleItem())}");
        list.Finish();
        (await first).Status.ShouldBe(HttpStatusCode.NotFound);

        using var again = new StringContent(Picture("a"));
        var (status, body) = await SendKeyedAsync("unkeyed", again);

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("field").GetString().ShouldBe("Idempotency-Key");
    }

    [Fact]
    public async Task A_table_that_is_created_again_knows_no_idempotency_keys_of_the_old_one()
    {
        for (var i = 0; i < 2; i++)
        {
            await ImportClient.CreateAsync(service.Client, "rekeyed");
            using var list = new StringContent(Picture("a"));
            var (status, body) = await SendKeyedAsync("rekeyed", list);
            status.ShouldBe(HttpStatusCode.Accepted, body.ToString());
            await _imports.UntilEndedAsync(Id(body));
            (await _calls.CountAsync("rekeyed")).ShouldBe(MilvusImgClient.Data(1));
            await service.Client.DeleteAsync(new Uri("/v1/tables/rekeyed", UriKind.Relative));
        }
    }

    [Theory]
    [InlineData("dry_run=true")]
    [InlineData("on_duplicate=reject")]
    [InlineData("duplicate_score=0.93")]
    public async Task An_import_with_other_choices_does_not_take_the_idempotency_key(string choice)
    {
        var table = $"other_{choice[..5]}_{choice.Length}";
        await ImportClient.CreateAsync(service.Client, table);
        using var list = new StringContent(Picture("a"));
        (await SendKeyedAsync($"{table}?{choice}", list)).Status.ShouldBe(HttpStatusCode.Accepted);
        using var same = new StringContent(Picture("a"));
        (await SendKeyedAsync($"{table}?{choice}", same)).Status.ShouldBe(HttpStatusCode.Accepted);

        using var again = new StringContent(Picture("a"));
        var (status, body) = await SendKeyedAsync(table, again);

        (status, body.GetProperty("field").GetString()).ShouldBe((HttpStatusCode.BadRequest, "Idempotency-Key"));
    }

    [Fact]
    public async Task Two_lists_that_are_sent_at_once_with_one_idempotency_key_never_mix()
    {
        await ImportClient.CreateAsync(service.Client, "raced");
        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(async i =>
        {
            using var list = new StringContent(string.Join('\n', Enumerable.Range(0, 40 * i).Select(k => Picture($"{i}-{k}"))));
            return await SendKeyedAsync("raced", list);
        }));

        var accepted = answers.Where(answer => answer.Status == HttpStatusCode.Accepted).ToList();
        accepted.Select(answer => Id(answer.Body)).Distinct().ShouldHaveSingleItem();
        (ImportClient.Counts(accepted[0].Body).Items % 40).ShouldBe(0);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendKeyedAsync(string target, HttpContent list)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/v1/tables/{target.Insert((target + "?").IndexOf('?', StringComparison.Ordinal), "/imports")}", UriKind.Relative)) { Content = list };
        request.Headers.Add("Idempotency-Key", "night-1");
        using var answer = await service.Client.SendAsync(request);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
    }

    private string Picture(string key) => ImportClient.Line(new { url = service.Shop.PictureUrl, key });

    private static string Id(JsonElement import) => import.GetProperty("id").GetString()!;

    private async Task<int> CountImportsAsync(string table) => (await ListedAsync(table)).Count;

    private async Task<List<JsonElement>> ListedAsync(string table) =>
    [
        .. (await _imports.SendAsync(HttpMethod.Get, "/v1/imports")).Body.GetProperty("imports").EnumerateArray()
            .Where(import => import.GetProperty("table").GetString() == table),
    ];
}
