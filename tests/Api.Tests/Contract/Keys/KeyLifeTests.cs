using ImageSearch.Api.Tests.Contract.V1;

namespace ImageSearch.Api.Tests.Contract.Keys;

/// <summary>Keys are created, changed, rotated and deleted by the holder of TOKEN.</summary>
public sealed class KeyLifeTests(KeyService service) : IClassFixture<KeyService>
{
    [Fact]
    public async Task A_secret_is_shown_once()
    {
        using var key = await service.NewKeyAsync("life1_*");

        key.Secret.ShouldMatch($"^isk_{key.Id}_[0-9A-Za-z]{{43}}$");
        var got = await service.Provider.GetAsync($"/v1/keys/{key.Id}");
        got.Members.ShouldBe(
            ["id", "name", "scopes", "tables", "calls_per_second", "burst", "max_rows", "max_tables", "expires", "disabled", "created", "rotated", "last_used"]);
        got.ETag.ShouldBe($"\"{key.Id}-0\"");
        (await service.Provider.GetAsync("/v1/keys?limit=999")).Body.ToString().ShouldNotContain(key.Secret[17..]);
    }

    [Fact]
    public async Task A_secret_is_not_logged()
    {
        using var key = await service.NewKeyAsync("life2_*");
        await key.Calls.GetAsync("/v1/keys/self");
        await key.Calls.GetAsync("/v1/tables/another");

        service.Process.Output.ShouldNotContain(key.Secret[17..]);
    }

    [Fact]
    public async Task Tables_are_kept_in_order_and_without_those_that_a_prefix_covers()
    {
        using var key = await service.NewKeyAsync("z,life3_b,life3_*,a,a", null, "admin", "read");

        var self = await key.Calls.GetAsync("/v1/keys/self");

        self.Text("tables").ShouldBe("""["a","life3_*","z"]""");
        self.Text("scopes").ShouldBe("""["read","admin"]""");
    }

    private static readonly string[] WriteOnly = ["write"];

    [Fact]
    public async Task A_change_holds_at_once_in_its_process()
    {
        using var key = await service.NewKeyAsync("life4_*");
        (await key.Calls.GetAsync("/v1/tables")).Status.ShouldBe(200);

        (await service.Provider.PatchAsync($"/v1/keys/{key.Id}", new { scopes = WriteOnly, max_rows = 5 })).Text("max_rows").ShouldBe("5");
        (await key.Calls.GetAsync("/v1/tables")).Text("code").ShouldBe("key_forbidden");

        (await service.Provider.PatchAsync($"/v1/keys/{key.Id}", new { disabled = true, max_rows = (int?)null })).Text("max_rows").ShouldBe("");
        (await key.Calls.GetAsync("/v1/keys/self")).Text("code").ShouldBe("token_invalid");
    }

    [Fact]
    public async Task A_change_of_another_state_is_refused()
    {
        using var key = await service.NewKeyAsync("life5_*");
        var tag = (await service.Provider.GetAsync($"/v1/keys/{key.Id}")).ETag!;
        (await service.Provider.PatchAsync($"/v1/keys/{key.Id}", new { name = "B" }, ("If-Match", tag))).Status.ShouldBe(200);

        (await service.Provider.PatchAsync($"/v1/keys/{key.Id}", new { name = "C" }, ("If-Match", tag))).Text("code").ShouldBe("condition_failed");
        (await service.Provider.DeleteAsync($"/v1/keys/{key.Id}", ("If-Match", tag))).Text("code").ShouldBe("condition_failed");
    }

    [Fact]
    public async Task A_rotated_secret_goes_on_for_its_grace_and_the_one_before_it_does_not()
    {
        using var key = await service.NewKeyAsync("life6_*");
        var second = (await service.Provider.PostAsync($"/v1/keys/{key.Id}:rotate", new { grace_seconds = 3600 })).Text("secret")!;
        (await key.Calls.GetAsync("/v1/keys/self")).Status.ShouldBe(200);

        var third = (await service.Provider.PostAsync($"/v1/keys/{key.Id}:rotate", new { })).Text("secret")!;

        (await StatusAsync(key.Secret), await StatusAsync(second), await StatusAsync(third)).ShouldBe((401, 401, 200));
    }

    [Fact]
    public async Task A_deleted_key_and_an_expired_one_are_refused_as_a_wrong_token_is()
    {
        using var deleted = await service.NewKeyAsync("life7_*");
        using var expired = await service.NewKeyAsync("life7_*", new { expires = "2020-01-01T00:00:00Z" });
        (await service.Provider.DeleteAsync($"/v1/keys/{deleted.Id}")).Status.ShouldBe(204);

        (await deleted.Calls.GetAsync("/v1/keys/self")).Text("code").ShouldBe("token_invalid");
        (await expired.Calls.GetAsync("/v1/keys/self")).Text("code").ShouldBe("token_invalid");
        (await service.Provider.GetAsync($"/v1/keys/{deleted.Id}")).Text("code").ShouldBe("key_not_found");
        (await service.Provider.DeleteAsync($"/v1/keys/{deleted.Id}")).Text("code").ShouldBe("key_not_found");
    }

    [Fact]
    public async Task A_key_is_a_bearer_token_as_well()
    {
        using var key = await service.NewKeyAsync("life8_*");
        using var http = service.ClientWith(null);
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {key.Secret}");

        (await new NativeClient(http).GetAsync("/v1/keys/self")).Text("id").ShouldBe(key.Id);
    }

    [Fact]
    public async Task Keys_are_listed_by_page()
    {
        for (var i = 0; i < 3; i++) (await service.NewKeyAsync("life9_*")).Dispose();
        var ids = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await service.Provider.GetAsync($"/v1/keys?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            ids.AddRange(page.Body.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("id").GetString()!));
            cursor = page.Text("next_cursor");
            if (string.IsNullOrEmpty(cursor)) break;
        }

        ids.ShouldBe(ids.Distinct().Order(StringComparer.Ordinal));
        ids.Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task The_last_use_is_recorded_soon()
    {
        using var key = await service.NewKeyAsync("life10_*");
        await key.Calls.GetAsync("/v1/keys/self");

        // No call waits for it.
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (string.IsNullOrEmpty((await service.Provider.GetAsync($"/v1/keys/{key.Id}")).Text("last_used"))) await Task.Delay(50, deadline.Token);
        (await service.Provider.GetAsync($"/v1/keys/{key.Id}")).Text("last_used").ShouldStartWith("20");
    }

    [Theory]
    [InlineData("name")]
    [InlineData("scopes")]
    [InlineData("tables")]
    public async Task A_new_key_needs_its_name_scopes_and_tables(string missing)
    {
        var body = new Dictionary<string, object> { ["name"] = "a", ["scopes"] = new[] { "read" }, ["tables"] = new[] { "a" } };
        body.Remove(missing);

        (await service.Provider.PostAsync("/v1/keys", body)).Text("field").ShouldBe(missing);
    }

    private async Task<int> StatusAsync(string secret)
    {
        using var http = service.ClientWith(secret);
        return (await new NativeClient(http).GetAsync("/v1/keys/self")).Status;
    }
}
