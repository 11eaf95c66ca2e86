using System.Diagnostics;
using System.Text.Json;
using ImageSearch.Api.Tests.Contract.MilvusImg;

namespace ImageSearch.Api.Tests.Contract.Keys;

/// <summary>The audit has what was done to keys and tables, and administration that was denied.</summary>
public sealed class AuditTests(KeyService service) : IClassFixture<KeyService>
{
    private readonly string _prefix = KeyService.NewPrefix();

    [Fact]
    public async Task Changes_of_a_key_are_recorded_with_who_made_them()
    {
        using var key = await service.NewKeyAsync($"{_prefix}*");
        await service.Provider.PatchAsync($"/v1/keys/{key.Id}", new { disabled = true });
        await service.Provider.PostAsync($"/v1/keys/{key.Id}:rotate", new { });
        await service.Provider.DeleteAsync($"/v1/keys/{key.Id}");

        var entries = await EntriesAsync(key.Id);

        entries.Select(entry => (Text(entry, "action"), Text(entry, "who"), Text(entry, "outcome"))).ShouldBe(
            [("key.delete", "token", "ok"), ("key.rotate", "token", "ok"), ("key.change", "token", "ok"), ("key.create", "token", "ok")]);
        Text(entries[0], "address")!.ShouldContain("127.0.0.1");
        Text(entries[^1], "detail")!.ShouldContain($"tables={_prefix}*");
    }

    [Fact]
    public async Task What_is_done_to_tables_is_recorded_over_any_API()
    {
        using var key = await service.NewKeyAsync($"{_prefix}*");
        var table = $"{_prefix}a";
        var documented = new MilvusImgClient(key.Http);
        await documented.TableAsync(table);
        await key.Calls.PatchAsync($"/v1/tables/{table}", new { max_rows = 7 });
        await documented.LoadAsync(table);
        await documented.DropAsync(table);
        await key.Calls.PatchAsync($"/v1/tables/{table}", new { });

        var entries = await UntilAsync(table, count: 5);

        entries.ShouldAllBe(entry => Text(entry, "who") == key.Id);
        entries.Select(entry => $"{Text(entry, "action")} {Text(entry, "outcome")}").ShouldBe(
            ["table.configure table_not_found", "table.drop ok", "table.load ok", "table.configure ok", "table.create ok"]);
    }

    [Fact]
    public async Task Denied_administration_is_recorded()
    {
        using var key = await service.NewKeyAsync($"{_prefix}*", null, "read");
        var (own, other) = ($"{_prefix}own", $"{KeyService.NewPrefix()}x");
        await key.Calls.DeleteAsync($"/v1/tables/{own}");
        using var admin = await service.NewKeyAsync($"{_prefix}*");
        await admin.Calls.DeleteAsync($"/v1/tables/{other}");

        Text((await UntilAsync(own, 1))[0], "outcome").ShouldBe("key_forbidden");
        Text((await UntilAsync(other, 1))[0], "who").ShouldBe(admin.Id);
    }

    [Fact]
    public async Task Entries_are_listed_by_page_newest_first()
    {
        for (var i = 0; i < 3; i++) (await service.NewKeyAsync($"{_prefix}*")).Dispose();

        var first = await service.Provider.GetAsync("/v1/audit?limit=2");
        var second = await service.Provider.GetAsync($"/v1/audit?limit=2&cursor={first.Text("next_cursor")}");

        var times = first.Body.GetProperty("entries").EnumerateArray().Concat(second.Body.GetProperty("entries").EnumerateArray())
            .Select(entry => Text(entry, "time")!).ToList();
        times.Count.ShouldBeGreaterThanOrEqualTo(3);
        times.ShouldBe(times.OrderDescending(StringComparer.Ordinal));
        (await service.Provider.GetAsync("/v1/audit?cursor=AAAA")).Text("code").ShouldBe("cursor_invalid");
    }

    // Calls do not wait until they are recorded.
    private async Task<List<JsonElement>> UntilAsync(string target, int count)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var entries = await EntriesAsync(target);
            if (entries.Count >= count) return entries;
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromMinutes(1), $"{entries.Count} entries of {target}");
            await Task.Delay(20);
        }
    }

    private async Task<List<JsonElement>> EntriesAsync(string target) =>
        [.. (await service.Provider.GetAsync("/v1/audit?limit=999")).Body.GetProperty("entries").EnumerateArray().Where(entry => Text(entry, "target") == target)];

    private static string? Text(JsonElement entry, string name) => entry.GetProperty(name).GetString();
}
