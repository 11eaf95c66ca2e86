// Five tasks with the native API. Arguments: the service's address, the folder of the sample pictures.
#:project ../../../src/Client/Client.csproj
#:property PublishAot=false

using System.Globalization;
using System.Runtime.CompilerServices;
using ImageSearch.Client;
using ImageSearch.Client.Imports;
using ImageSearch.Client.Items;
using ImageSearch.Client.Search;
using ImageSearch.Client.Tables;

var service = args.ElementAtOrDefault(0) ?? "http://127.0.0.1:5000";
var pictures = args.ElementAtOrDefault(1) ?? Path.Combine(Folder(), "..", "..");
var table = Environment.GetEnvironmentVariable("TABLE") ?? "tasks";

using var http = new HttpClient { BaseAddress = new Uri(service), Timeout = Timeout.InfiniteTimeSpan };
var client = new ImageSearchClient(http, new ImageSearchClientOptions { Token = Environment.GetEnvironmentVariable("TOKEN") });
var items = client.Items(table);
try
{
    // 1. Create a table with attributes.
    var created = await client.Tables.CreateAsync(table, new TableSettings
    {
        Metric = Metric.Cosine,
        Attributes = [AttributeDefinition.Of("price", AttributeType.Number), AttributeDefinition.Of("brand", AttributeType.String)],
    });
    Print($"table: {created.Metric}");

    // 2. Add a picture under a key.
    var strawberry = Picture.FromFile(Path.Combine(pictures, "strawberry.jpg"));
    var item = await items.PutAsync("strawberry", new NewItem(strawberry)
    {
        ProductId = "4711",
        Attributes = new Dictionary<string, AttributeValue> { ["price"] = 3.5, ["brand"] = "acme" },
    });
    Print($"item: {item.Key} {item.Effect}");

    // 3. Import a list and follow its progress.
    var started = await client.Imports.SendAsync(table, ListAsync());
    ImportProgress? last = null;
    await foreach (var progress in client.Imports.WatchAsync(started.Id)) last = progress;
    Print($"import: {last!.State} {last.Stored} stored {last.Failed} failed");

    // 4. Search by a picture with a filter.
    var found = await client.Search.FindAsync(table, new SearchQuery(strawberry) { Filter = "price < 5", Limit = 3 });
    foreach (var hit in found.Hits) Print($"hit: {hit.Key} {hit.Score!.Value.ToString("F2", CultureInfo.InvariantCulture)}");

    // 5. Find an item by its key, and delete it.
    item = await items.GetAsync("strawberry");
    Print($"price: {item.Attributes!["price"]}");
    await items.DeleteAsync("strawberry");
    Print($"deleted: {item.Key}");
}
catch (ProblemException e)
{
    Console.Error.WriteLine($"{e.Code}: {e.Message}"); // e.Problem has the field, value and bound
    Environment.ExitCode = 1;
}

async IAsyncEnumerable<ImportItem> ListAsync()
{
    // A list of any length: lines are sent as they are made, from a database for example.
    foreach (var (key, name, price) in new[] { ("hamburger", "hamburger.jpg", 8), ("pizza", "pizza.webp", 9) })
    {
        await Task.Yield();
        yield return new ImportItem
        {
            Key = key,
            Picture = Picture.FromFile(Path.Combine(pictures, name)),
            Attributes = new Dictionary<string, AttributeValue> { ["price"] = price },
        };
    }
}

static void Print(string line) => Console.WriteLine(line.ToLowerInvariant());

static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
