using System.Globalization;
using ImageSearch.FilterBench;

var options = new Dictionary<string, string>(StringComparer.Ordinal);
for (var i = 0; i + 1 < args.Length; i += 2) options[args[i]] = args[i + 1];
if (args.Length % 2 != 0 || options.Keys.Except(["--rows", "--queries", "--seed", "--server", "--folder"]).Any())
{
    await Console.Error.WriteLineAsync("[--rows 100000] [--queries 200] [--seed 19] [--server \"host=…;port=…;user=…;password=…\"] [--folder DIR]");
    return 2;
}

var seed = Number("--seed", 19);
var rows = BenchRows.Make(Number("--rows", 100_000), seed);
var queries = rows.Queries(Number("--queries", 200), seed);
await using var place = await BenchPlace.StartAsync(options.GetValueOrDefault("--server"), options.GetValueOrDefault("--folder"));
await place.FillAsync(rows);
Console.WriteLine(FilterRun.Titles);
foreach (var group in new[] { null, "product_id", "brand" })
{
    foreach (var share in new double?[] { 0.0001, 0.01, 0.1, 0.5, null })
        Console.WriteLine(await FilterRun.MeasureAsync(place.Items, rows, queries, share, group));
}

return 0;

int Number(string name, int otherwise) => options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
