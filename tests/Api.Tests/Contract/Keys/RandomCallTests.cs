using System.Globalization;
using System.Text.Json;
using ImageSearch.Api.Tests.Contract.V1;

namespace ImageSearch.Api.Tests.Contract.Keys;

/// <summary>Random calls of three shops: every answer names only the caller's own tables and items, and counts agree with a model.</summary>
public sealed class RandomCallTests(KeyService service) : IClassFixture<KeyService>
{
    // KEY_CALLS=10000 makes more.
    private static readonly int Calls = int.Parse(Environment.GetEnvironmentVariable("KEY_CALLS") ?? "2000", CultureInfo.InvariantCulture);

    private readonly Random _random = new(7);

    [Fact]
    public async Task No_answer_names_what_belongs_to_others()
    {
        var shops = new List<Shop>();
        for (var i = 0; i < 3; i++) shops.Add(await NewShopAsync(i));
        var leaks = new List<string>();
        for (var i = 0; i < Calls; i++)
        {
            var caller = shops[_random.Next(shops.Count)];
            var owner = shops[_random.Next(shops.Count)];
            var table = owner.Tables.Keys.ElementAt(_random.Next(owner.Tables.Count));
            var (call, answer) = await CallAsync(caller, owner, table);

            // A refusal repeats the name that the caller sent.
            var text = answer.Body.ToString().Replace(table, "", StringComparison.Ordinal);
            foreach (var other in shops.Where(shop => shop != caller))
            {
                if (text.Contains(other.Prefix, StringComparison.Ordinal) || text.Contains(other.Marker, StringComparison.Ordinal))
                    leaks.Add($"{i} {call}: {text}");
            }

            if (owner != caller && !call.StartsWith("list", StringComparison.Ordinal)) answer.Status.ShouldBe(403, $"{call} {answer.Body}");
        }

        leaks.ShouldBeEmpty();
        foreach (var shop in shops)
        {
            foreach (var (table, keys) in shop.Tables)
                (await service.Provider.GetAsync($"/v1/tables/{table}")).Text("rows").ShouldBe($"{keys.Count}");
        }
    }

    private async Task<(string Call, NativeAnswer Answer)> CallAsync(Shop caller, Shop owner, string table)
    {
        var keys = owner.Tables[table];
        var key = keys.Count > 0 ? keys[_random.Next(keys.Count)] : $"{owner.Marker}-none";
        var http = caller.Key.Calls;
        var isOwn = owner == caller;
        switch (_random.Next(12))
        {
            case 0: return ("get", await http.GetAsync($"/v1/tables/{table}/items/{key}"));
            case 1:
                var items = await http.GetAsync($"/v1/tables/{table}/items?limit=5");
                if (isOwn) items.Body.GetProperty("items").GetArrayLength().ShouldBe(Math.Min(5, keys.Count));
                return ("items", items);
            case 2: return ("search", Expected(await http.PostAsync($"/v1/tables/{table}/search", new { key, limit = 5 }), isOwn, keys.Count == 0 ? 404 : 200));
            case 3:
                var several = await http.PostAsync(
                    "/v1/search", new { queries = new object[] { new { table, key }, new { table = caller.Tables.Keys.First(), id = 1 } } });
                several.Body.GetProperty("results")[0].GetProperty("status").GetInt32().ShouldBe(!isOwn ? 403 : keys.Count == 0 ? 404 : 200);
                return ("list of searches", several);
            case 4:
                var listed = await ListAsync(http);
                listed.Tables.ShouldBe(caller.Tables.Keys.Order(StringComparer.Ordinal));
                return ("list of tables", listed.Last);
            case 5: return ("list of imports", await http.GetAsync("/v1/imports"));
            case 6:
                var size = await http.GetAsync($"/v1/tables/{table}");
                if (isOwn) size.Text("rows").ShouldBe($"{keys.Count}");
                return ("table", size);
            case 7:
                var vector = await http.PostAsync($"/v1/tables/{table}/search", new { vector = UnitVector.Of(_random.Next(), 512), limit = 3 });
                if (isOwn) vector.Body.GetProperty("hits").GetArrayLength().ShouldBe(Math.Min(3, keys.Count));
                return ("vector", vector);
            case 8: return ("patch", Expected(await http.PatchAsync($"/v1/tables/{table}/items/{key}", new { tags = "own" }), isOwn, keys.Count == 0 ? 404 : 200));
            case 9:
                var made = await http.PutAsync($"/v1/tables/{table}", new { });
                return ("configure", Expected(made, isOwn, 200));
            case 10:
                // Shops keep some items.
                if (keys.Count < 2 && isOwn) return ("get", await http.GetAsync($"/v1/tables/{table}/items/{key}"));
                var deleted = await http.DeleteAsync($"/v1/tables/{table}/items/{key}");
                if (isOwn) keys.Remove(key);
                return ("delete", Expected(deleted, isOwn, 204));
            default:
                var batch = await http.PostAsync(
                    $"/v1/tables/{table}/items:batch", new { operations = new[] { new { delete = new { key = $"{owner.Marker}-never" } } } });
                return ("batch", Expected(batch, isOwn, 200));
        }
    }

    private static NativeAnswer Expected(NativeAnswer answer, bool isOwn, int status)
    {
        answer.Status.ShouldBe(isOwn ? status : 403, answer.Body.ToString());
        return answer;
    }

    private async Task<(List<string> Tables, NativeAnswer Last)> ListAsync(NativeClient http)
    {
        var tables = new List<string>();
        var limit = _random.Next(1, 4);
        for (string? cursor = null; ;)
        {
            var page = await http.GetAsync($"/v1/tables?limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}");
            var names = page.Body.GetProperty("tables").EnumerateArray().Select(table => table.GetProperty("name").GetString()!).ToList();
            tables.AddRange(names);
            cursor = page.Text("next_cursor");
            if (string.IsNullOrEmpty(cursor)) return (tables, page);
            names.Count.ShouldBe(limit);
        }
    }

    private async Task<Shop> NewShopAsync(int number)
    {
        var prefix = KeyService.NewPrefix();
        var key = await service.NewKeyAsync($"{prefix}*");
        var shop = new Shop(key, prefix, $"marker-{Guid.NewGuid():N}", []);
        for (var i = 0; i < 3; i++)
        {
            var table = $"{prefix}{(char)('a' + i)}";
            (await key.Calls.PutAsync($"/v1/tables/{table}", new { })).Status.ShouldBe(201);
            var lines = Enumerable.Range(0, 40).Select(
                item => JsonSerializer.Serialize(
                    new { key = $"{shop.Marker}-{item}", vector = UnitVector.Of((number * 1000) + (i * 100) + item, 512), model = "lite0-ret-512-v2/2.0.0" }));
            var imports = new ImportClient(key.Http);
            var ended = await imports.UntilEndedAsync(await imports.BeginAsync(table, [.. lines]));
            ended.GetProperty("stored").GetInt32().ShouldBe(40, ended.ToString());
            shop.Tables[table] = [.. Enumerable.Range(0, 40).Select(item => $"{shop.Marker}-{item}")];
        }

        return shop;
    }

    private sealed record Shop(TestKey Key, string Prefix, string Marker, Dictionary<string, List<string>> Tables);
}
