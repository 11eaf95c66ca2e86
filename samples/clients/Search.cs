// Creates a table, adds a picture, searches for it and prints the nearest hit. Arguments: the service's address, a picture.
#:property PublishAot=false

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

var service = args.ElementAtOrDefault(0) ?? "http://127.0.0.1:5000";
var picture = args.ElementAtOrDefault(1) ?? Path.Combine(Folder(), "..", "strawberry.jpg");
var table = Environment.GetEnvironmentVariable("TABLE") ?? "samples";

using var client = new HttpClient { BaseAddress = new Uri(service) };
client.DefaultRequestHeaders.Add("token", Environment.GetEnvironmentVariable("TOKEN") ?? "");
var image = Convert.ToBase64String(await File.ReadAllBytesAsync(picture));

await CallAsync($"/milvus/img/table?table={table}");
await CallAsync("/milvus/img/add", new JsonObject { ["table"] = table, ["tags"] = "strawberry", ["image"] = image });
var hits = await CallAsync("/milvus/img/search", new JsonObject { ["table"] = table, ["TOP_K"] = 1, ["image"] = image });

var hit = hits!.AsArray()[0]!;
var distance = hit["distance"]!.GetValue<double>().ToString("F4", CultureInfo.InvariantCulture);
Console.WriteLine($"id={hit["id"]} tags={hit["tags"]} distance={distance}");

async Task<JsonNode?> CallAsync(string path, JsonObject? body = null)
{
    using var content = body is null ? null : new StringContent(body.ToJsonString(), null, "application/json");
    using var response = await client.PostAsync(path, content);
    response.EnsureSuccessStatusCode();
    var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    return answer["code"]!.GetValue<int>() == 10000
        ? answer["data"]
        : throw new InvalidOperationException(answer["message"]!.GetValue<string>());
}

static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
