namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Tables and their settings.</summary>
public sealed class TableTests(ImportService service) : IClassFixture<ImportService>
{
    private readonly NativeClient _calls = new(service.Client);

    [Fact]
    public async Task A_table_is_created_with_its_settings_and_returned_with_its_sizes()
    {
        var name = $"t{Guid.NewGuid():N}";
        var settings = new
        {
            metric = "cosine",
            on_existing_key = "skip",
            main_object = "query",
            max_rows = 7,
            attributes = new object[] { new { name = "price", type = "number" }, new { name = "note", type = "string", indexed = false } },
        };

        var put = await _calls.PutAsync($"/v1/tables/{name}", settings);
        var got = await _calls.GetAsync($"/v1/tables/{name}");

        put.Status.ShouldBe(201);
        put.Location.ShouldBe($"/v1/tables/{name}");
        got.Status.ShouldBe(200);
        got.ETag.ShouldBe(put.ETag);
        got.Members.ShouldBe(
            [
                "name", "model", "metric", "on_existing_key", "main_object", "attributes", "max_rows", "created", "state", "rows", "searchable",
                "disk_bytes", "memory_bytes",
            ]);
        got.Text("metric").ShouldBe("cosine");
        got.Text("on_existing_key").ShouldBe("skip");
        got.Text("main_object").ShouldBe("query");
        got.Text("max_rows").ShouldBe("7");
        got.Text("state").ShouldBe("ready");
        got.Text("rows").ShouldBe("0");
        got.Body.GetProperty("attributes").GetRawText().ShouldBe(
            """[{"name":"price","type":"number","indexed":true},{"name":"note","type":"string","indexed":false}]""");
    }

    [Fact]
    public async Task A_second_put_replaces_the_settings_and_changes_the_tag()
    {
        var name = await _calls.NewTableAsync(new { on_existing_key = "skip", max_rows = 7 });
        var before = await _calls.GetAsync($"/v1/tables/{name}");

        var put = await _calls.PutAsync($"/v1/tables/{name}", new { max_rows = 8 });

        put.Status.ShouldBe(200);
        put.ETag.ShouldNotBe(before.ETag);
        put.Text("max_rows").ShouldBe("8");
        put.Text("on_existing_key").ShouldBe("replace");
    }

    [Fact]
    public async Task A_patch_changes_only_what_it_names_and_null_is_the_default()
    {
        var name = await _calls.NewTableAsync(new { on_existing_key = "skip", main_object = "off", max_rows = 7 });

        var patched = await _calls.PatchAsync($"/v1/tables/{name}", new { max_rows = (int?)null, metric = "ip" });

        patched.Status.ShouldBe(200, patched.Body.ToString());
        patched.Text("metric").ShouldBe("ip");
        patched.Text("on_existing_key").ShouldBe("skip");
        patched.Text("main_object").ShouldBe("off");
        patched.Body.GetProperty("max_rows").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task Of_two_changes_with_one_tag_the_second_fails()
    {
        var name = await _calls.NewTableAsync();
        var tag = (await _calls.GetAsync($"/v1/tables/{name}")).ETag!;

        var first = await _calls.PatchAsync($"/v1/tables/{name}", new { max_rows = 1 }, ("If-Match", tag));
        var second = await _calls.PatchAsync($"/v1/tables/{name}", new { max_rows = 2 }, ("If-Match", tag));

        first.Status.ShouldBe(200);
        (second.Status, second.Text("code")).ShouldBe((412, "condition_failed"));
        (await _calls.GetAsync($"/v1/tables/{name}")).Text("max_rows").ShouldBe("1");
    }

    [Fact]
    public async Task Of_concurrent_creations_that_demand_a_new_table_one_succeeds()
    {
        var name = $"t{Guid.NewGuid():N}";

        var puts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _calls.PutAsync($"/v1/tables/{name}", new { }, ("If-None-Match", "*"))));

        puts.Select(put => put.Status).Order().ShouldBe([201, 412, 412, 412, 412, 412, 412, 412]);
    }

    [Fact]
    public async Task A_table_that_was_changed_is_not_deleted_by_its_old_tag()
    {
        var name = await _calls.NewTableAsync();
        var tag = (await _calls.GetAsync($"/v1/tables/{name}")).ETag!;
        var changed = await _calls.PatchAsync($"/v1/tables/{name}", new { max_rows = 1 });

        (await _calls.DeleteAsync($"/v1/tables/{name}", ("If-Match", tag))).Status.ShouldBe(412);
        (await _calls.DeleteAsync($"/v1/tables/{name}", ("If-Match", $"{tag}, {changed.ETag}"))).Status.ShouldBe(204);
        (await _calls.DeleteAsync($"/v1/tables/{name}", ("If-Match", "*"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Concurrent_patches_of_different_settings_are_all_kept()
    {
        var name = await _calls.NewTableAsync();

        var patches = await Task.WhenAll(
            _calls.PatchAsync($"/v1/tables/{name}", new { max_rows = 5 }),
            _calls.PatchAsync($"/v1/tables/{name}", new { main_object = "off" }),
            _calls.PatchAsync($"/v1/tables/{name}", new { on_existing_key = "fail" }));

        patches.ShouldAllBe(patch => patch.Status == 200);
        var got = await _calls.GetAsync($"/v1/tables/{name}");
        (got.Text("max_rows"), got.Text("main_object"), got.Text("on_existing_key")).ShouldBe(("5", "off", "fail"));
    }

    [Fact]
    public async Task Tables_are_listed_by_name_and_by_page()
    {
        var prefix = $"l{Guid.NewGuid():N}";
        foreach (var suffix in (string[])["b", "a", "c"]) await _calls.PutAsync($"/v1/tables/{prefix}{suffix}", new { });
        var names = new List<string>();

        for (string? cursor = ""; cursor is not null;)
        {
            var page = await _calls.GetAsync($"/v1/tables?limit=2{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            page.Status.ShouldBe(200);
            var tables = page.Body.GetProperty("tables").EnumerateArray().ToList();
            tables.Count.ShouldBeInRange(0, 2);
            tables.Exists(table => table.TryGetProperty("rows", out _)).ShouldBeFalse();
            names.AddRange(tables.Select(table => table.GetProperty("name").GetString()!));
            cursor = page.Body.GetProperty("next_cursor").GetString();
        }

        names.ShouldBe(names.Order(StringComparer.Ordinal));
        names.ShouldBeUnique();
        names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ShouldBe([$"{prefix}a", $"{prefix}b", $"{prefix}c"]);
    }

    [Fact]
    public async Task A_list_has_sizes_if_they_are_requested()
    {
        await _calls.NewTableAsync();

        var page = await _calls.GetAsync("/v1/tables?limit=1&sizes=true");

        page.Body.GetProperty("tables")[0].TryGetProperty("disk_bytes", out _).ShouldBeTrue(page.Body.ToString());
    }

    [Fact]
    public async Task A_deleted_table_is_gone()
    {
        var name = await _calls.NewTableAsync();

        (await _calls.DeleteAsync($"/v1/tables/{name}")).Status.ShouldBe(204);

        (await _calls.GetAsync($"/v1/tables/{name}")).Status.ShouldBe(404);
    }
}
