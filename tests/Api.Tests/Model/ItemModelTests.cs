using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Model;

/// <summary>Random calls of the native API have the results of a table in memory, on every backend of <see cref="RunningService"/>.</summary>
public sealed class ItemModelTests(RunningService service) : IClassFixture<RunningService>
{
    private const int Operations = 2000;
    private static readonly IReadOnlyList<string> Pictures = [.. GoldenPicture.Different.Append(GoldenPicture.Wine).Append(GoldenPicture.Scene).Select(picture => picture.Base64())];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Random_operations_have_the_results_of_the_model(int seed)
    {
        var run = await Run.StartAsync(new ItemClient(service.Client, $"model_{seed}_{Guid.NewGuid():N}"[..40]), seed);
        for (var i = 0; i < Operations; i++)
        {
            try
            {
                await run.StepAsync();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, operation {i}: {e.Message}", e);
            }
        }

        await run.CompareAllAsync();
    }

    private sealed class Run(ItemClient client, Random random, IReadOnlyList<float[]> vectors)
    {
        private readonly ItemModel _model = new(vectors);

        public static async Task<Run> StartAsync(ItemClient client, int seed)
        {
            await client.OkAsync(HttpMethod.Put, "", JsonNode.Parse(
                """
                {"main_object": "off", "attributes": [
                    {"name": "price", "type": "number", "indexed": true}, {"name": "brand", "type": "string", "indexed": true},
                    {"name": "in_stock", "type": "boolean", "indexed": false}, {"name": "colors", "type": "string_list", "indexed": true}]}
                """));
            var vectors = new List<float[]>();
            foreach (var picture in Pictures)
            {
                await client.OkAsync(HttpMethod.Put, "/items/sample", new JsonObject { ["image"] = picture });
                vectors.Add(await client.VectorAsync("sample"));
            }

            await client.OkAsync(HttpMethod.Delete, "/items/sample");
            return new Run(client, new Random(seed), vectors);
        }

        public Task StepAsync() => random.Next(20) switch
        {
            < 4 => PutAsync(),
            < 7 => PatchAsync(),
            < 8 => DeleteAsync(),
            < 9 => BatchAsync(),
            < 11 => GetAsync(),
            < 13 => ListAsync(),
            < 17 => SearchAsync(),
            < 18 => GroupAsync(),
            _ => PageAsync(),
        };

        public async Task CompareAllAsync()
        {
            var items = await ItemClient.PagesAsync(cursor => client.OkAsync(HttpMethod.Get, $"/items?limit=17{Cursor(cursor)}"), "items");
            items.Select(ItemClient.FieldsOf).Order(StringComparer.Ordinal).ShouldBe(_model.Items.Select(item => item.Fields).Order(StringComparer.Ordinal));
        }

        private async Task PutAsync()
        {
            var item = RandomOperations.Item(random, RandomOperations.Key(random), vectors.Count);
            var (status, _, _) = await client.SendAsync(HttpMethod.Put, $"/items/{item.Key}", ItemClient.Body(item, Pictures));
            status.ShouldBe(_model.Find(item.Key) is null ? HttpStatusCode.Created : HttpStatusCode.OK);
            _model.Put(item);
        }

        private async Task PatchAsync()
        {
            var key = RandomOperations.Key(random);
            var fields = RandomOperations.Item(random, key, vectors.Count);
            var (_, _, tag) = await client.SendAsync(HttpMethod.Get, $"/items/{key}");
            var isStale = tag is not null && random.Next(5) == 0;
            var (status, _, _) = await client.SendAsync(HttpMethod.Patch, $"/items/{key}", ItemClient.Fields(fields), isStale ? "\"other\"" : tag);
            if (_model.Find(key) is not { } item)
            {
                status.ShouldBe(HttpStatusCode.NotFound);
                return;
            }

            status.ShouldBe(isStale ? HttpStatusCode.PreconditionFailed : HttpStatusCode.OK);
            if (!isStale) _model.Put(fields with { Picture = item.Picture });
        }

        private async Task DeleteAsync()
        {
            var key = RandomOperations.Key(random);
            var (status, _, _) = await client.SendAsync(HttpMethod.Delete, $"/items/{key}");
            status.ShouldBe(_model.Delete(key) ? HttpStatusCode.NoContent : HttpStatusCode.NotFound);
        }

        private async Task BatchAsync()
        {
            var operations = new JsonArray();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var item = RandomOperations.Item(random, RandomOperations.Key(random), vectors.Count);
                if (random.Next(3) == 0)
                {
                    operations.Add(new JsonObject { ["delete"] = new JsonObject { ["key"] = item.Key } });
                    _model.Delete(item.Key);
                    continue;
                }

                var body = ItemClient.Body(item, Pictures);
                body["key"] = item.Key;
                operations.Add(new JsonObject { ["put"] = body });
                _model.Put(item);
            }

            var count = operations.Count;
            var answer = await client.OkAsync(HttpMethod.Post, "/items:batch", new JsonObject { ["operations"] = operations });
            answer.GetProperty("results").GetArrayLength().ShouldBe(count);
        }

        private async Task GetAsync()
        {
            var key = RandomOperations.Key(random);
            var (status, body, _) = await client.SendAsync(HttpMethod.Get, $"/items/{key}");
            status.ShouldBe(_model.Find(key) is null ? HttpStatusCode.NotFound : HttpStatusCode.OK);
            if (_model.Find(key) is { } item) ItemClient.FieldsOf(body).ShouldBe(item.Fields);
        }

        private async Task ListAsync()
        {
            var filter = ModelFilter.Random(random);
            var descending = random.Next(2) == 0;
            var items = await ItemClient.PagesAsync(
                cursor => client.OkAsync(
                    HttpMethod.Get, $"/items?filter={Uri.EscapeDataString(filter.Text)}&order_by=price%20{(descending ? "desc" : "asc")}&limit=7{Cursor(cursor)}"),
                "items");
            var expected = _model.Items.Where(filter.Matches).ToList();
            items.Select(ItemClient.FieldsOf).Order(StringComparer.Ordinal).ShouldBe(expected.Select(item => item.Fields).Order(StringComparer.Ordinal), filter.Text);
            double?[] prices = [.. expected.Select(item => item.Price)];
            items.Select(ItemClient.PriceOf).ShouldBe(
                (descending ? prices.OrderDescending() : prices.Order()).OrderBy(price => price is null), filter.Text);
        }

        private async Task SearchAsync()
        {
            var filter = random.Next(3) == 0 ? null : ModelFilter.Random(random);
            var picture = random.Next(vectors.Count);
            var count = random.Next(1, 30);
            var body = Query(picture, count);
            if (filter is not null) body["filter"] = filter.Text;
            var answer = await client.OkAsync(HttpMethod.Post, "/search", body);
            _model.ShouldBeNearest(Hits(answer.GetProperty("hits").EnumerateArray()), vectors[picture], count, filter?.Matches ?? (_ => true));
        }

        private async Task GroupAsync()
        {
            var filter = ModelFilter.Random(random);
            var picture = random.Next(vectors.Count);
            var count = random.Next(1, 8);
            var body = Query(picture, count);
            (body["filter"], body["group_by"]) = (filter.Text, "product_id");
            var answer = await client.OkAsync(HttpMethod.Post, "/search", body);
            _model.ShouldBeNearest(
                Hits(answer.GetProperty("hits").EnumerateArray()), vectors[picture], count, item => item.ProductId is not null && filter.Matches(item), item => item.ProductId);
        }

        // A row that is put or deleted between two pages may be there or not; every other one is there once.
        private async Task PageAsync()
        {
            var picture = random.Next(vectors.Count);
            var before = _model.Items.ToDictionary(item => item.Key, item => item.Fields, StringComparer.Ordinal);
            var hits = await ItemClient.PagesAsync(
                async cursor =>
                {
                    if (cursor is not null) await DeleteAsync();
                    var body = Query(picture, 11);
                    if (cursor is not null) body["cursor"] = cursor;
                    return await client.OkAsync(HttpMethod.Post, "/search", body);
                },
                "hits");
            var keys = hits.Select(hit => hit.GetProperty("key").GetString()!).ToList();
            keys.ShouldBeUnique();
            keys.ShouldBeSubsetOf(before.Keys);
            _model.Items.Select(item => item.Key).ShouldBeSubsetOf(keys);
        }

        private JsonObject Query(int picture, int count) => new()
        {
            ["vector"] = new JsonArray([.. vectors[picture].Select(value => (JsonNode)value)]),
            ["limit"] = count,
        };

        private static IReadOnlyList<(string Key, double Distance)> Hits(IEnumerable<JsonElement> hits) =>
            [.. hits.Select(hit => (hit.GetProperty("key").GetString()!, 4 * (1 - hit.GetProperty("score").GetDouble())))];

        private static string Cursor(string? cursor) => cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
    }
}
