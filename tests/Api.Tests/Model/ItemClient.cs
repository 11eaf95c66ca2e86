using System.Globalization;
using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSearch.Api.Tests.Model;

/// <summary>A client of one table of the native API.</summary>
internal sealed class ItemClient(HttpClient client, string table)
{
    public async Task<(HttpStatusCode Status, JsonElement Body, string? Tag)> SendAsync(HttpMethod method, string path, JsonNode? body = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, $"/v1/tables/{table}{path}");
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (ifMatch is not null) request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(ifMatch));
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (text.Length == 0) return (answer.StatusCode, default, answer.Headers.ETag?.ToString());
        using var json = JsonDocument.Parse(text);
        return (answer.StatusCode, json.RootElement.Clone(), answer.Headers.ETag?.ToString());
    }

    public async Task<JsonElement> OkAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        var (status, answer, _) = await SendAsync(method, path, body);
        ((int)status).ShouldBeInRange(200, 299, $"{answer} to {method} {path} {body?.ToJsonString()}");
        return answer;
    }

    /// <summary>All pages of a list or a search: the elements of a member of each answer.</summary>
    public static async Task<IReadOnlyList<JsonElement>> PagesAsync(Func<string?, Task<JsonElement>> page, string member)
    {
        var all = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var answer = await page(cursor);
            all.AddRange(answer.GetProperty(member).EnumerateArray());
            cursor = answer.TryGetProperty("next_cursor", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
        }
        while (cursor is not null);
        return all;
    }

    public async Task<float[]> VectorAsync(string key)
    {
        var item = await OkAsync(HttpMethod.Get, $"/items/{key}?vector=true");
        var bytes = item.GetProperty("vector").GetBytesFromBase64();
        return [.. Enumerable.Range(0, bytes.Length / 4).Select(i => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(4 * i)))];
    }

    public static JsonObject Body(ModelItem item, IReadOnlyList<string> pictures)
    {
        var body = Fields(item);
        body["image"] = pictures[item.Picture];
        return body;
    }

    public static JsonObject Fields(ModelItem item) => new()
    {
        ["product_id"] = item.ProductId,
        ["tags"] = item.Tags,
        ["attributes"] = new JsonObject
        {
            ["price"] = item.Price,
            ["brand"] = item.Brand,
            ["in_stock"] = item.InStock,
            ["colors"] = item.Colors is null ? null : new JsonArray([.. item.Colors.Select(color => (JsonNode)color)]),
        },
    };

    /// <summary>An item of an answer in the form of <see cref="ModelItem.Fields"/>.</summary>
    public static string FieldsOf(JsonElement item)
    {
        var attributes = item.TryGetProperty("attributes", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        return string.Join(
            '|', Text(item, "key"), Text(item, "product_id"), Text(item, "tags"), Text(attributes, "price"), Text(attributes, "brand"), Text(attributes, "in_stock"),
            Text(attributes, "colors"));
    }

    public static double? PriceOf(JsonElement item) =>
        item.TryGetProperty("attributes", out var attributes) && attributes.TryGetProperty("price", out var price) ? price.GetDouble() : null;

    private static string Text(JsonElement item, string name) =>
        item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(name, out var value)
            ? "-"
            : value.ValueKind switch
            {
                JsonValueKind.Null => "-",
                JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
                JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(text => text.GetString())),
                _ => value.ToString(),
            };
}
