using System.Diagnostics;
using System.Text.Json;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Keys;

/// <summary>Figures of the process are for the holder of TOKEN.</summary>
public sealed class FigureTests(KeyService service) : IClassFixture<KeyService>
{
    [Fact]
    public async Task The_holder_of_TOKEN_sees_what_the_process_did()
    {
        var table = $"{KeyService.NewPrefix()}a";
        (await service.Provider.PutAsync($"/v1/tables/{table}", new { })).Status.ShouldBe(201);
        (await service.Provider.PutItemAsync(table, "flag", GoldenPicture.Flag)).Status.ShouldBe(201);
        (await service.Provider.PostAsync($"/v1/tables/{table}/search", new { image = GoldenPicture.Flag.Base64() })).Status.ShouldBe(200);

        var sample = await SampleAsync(sample => sample.GetProperty("searches_per_second").GetDouble() > 0);

        sample.GetProperty("search_ms").GetProperty("embed").GetProperty("p50").GetDouble().ShouldBeGreaterThan(0);
        sample.GetProperty("search_ms").GetProperty("all").GetProperty("p99").GetDouble().ShouldBeGreaterThan(0);
        sample.GetProperty("search_ms").GetProperty("filter").ValueKind.ShouldBe(JsonValueKind.Null);
        sample.GetProperty("working_set_bytes").GetInt64().ShouldBeGreaterThan(sample.GetProperty("managed_bytes").GetInt64());
        sample.GetProperty("disk_free_bytes").GetInt64().ShouldBeGreaterThan(0);
        (await SampleAsync(found => found.GetProperty("adds_per_second").GetDouble() > 0)).GetProperty("queue").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task A_key_does_not_see_them()
    {
        using var key = await service.NewKeyAsync("*");

        (await key.Calls.GetAsync("/v1/figures")).Text("code").ShouldBe("key_forbidden");
    }

    private async Task<JsonElement> SampleAsync(Func<JsonElement, bool> isMeant)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var figures = await service.Provider.GetAsync("/v1/figures");
            figures.Status.ShouldBe(200, figures.Body.ToString());
            figures.Body.GetProperty("interval_seconds").GetInt32().ShouldBe(10);
            foreach (var sample in figures.Body.GetProperty("samples").EnumerateArray().Where(isMeant)) return sample;
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromMinutes(1), figures.Body.ToString());
            await Task.Delay(100);
        }
    }
}
