using System.Diagnostics;
using System.Globalization;
using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Sqlite.ChildProcess;

/// <summary>
/// Adds with and without indexed attributes, then selections and lists of 100,000 rows with eight of them: <c>dotnet build -c Release
/// tests/Storage.Tests</c>, then <c>dotnet exec tests/Storage.Tests/bin/Release/net10.0/ImageSearch.Storage.Tests.dll items EMPTY_FOLDER</c>, or
/// <c>mysql-items</c>.
/// </summary>
internal static class ItemMeasurement
{
    private const int Dimension = 512;
    private const int Rows = 100_000;
    private const int Limit = 20_000;
    private const int RowsPerRound = 10_240;
    private const int Tries = 31;

    private static readonly AttributeDefinition Serial = new("serial", AttributeType.Number, true);
    private static readonly AttributeDefinition Percent = new("percent", AttributeType.Number, true);
    private static readonly AttributeDefinition Shop = new("shop", AttributeType.String, true);
    private static readonly AttributeDefinition Labels = new("labels", AttributeType.StringList, true);

    private static readonly TableSettings Indexed = TableSettings.Default with
    {
        Attributes =
        [
            Serial, Percent, Shop, Labels, new("colour", AttributeType.String, true), new("size", AttributeType.String, true),
            new("stocked", AttributeType.Boolean, true), new("season", AttributeType.Date, true),
        ],
    };

    private static readonly (string Name, Filter Filter)[] Filters =
    [
        ("0.01 %: number = x", Fields.Is(Serial, 7)),
        ("0.01 %: string = x AND 10 %: number < x", Fields.All(Fields.Is(Shop, "shop 42"), Fields.Compare(Percent, Relation.Less, 10))),
        ("1 %: string = x", Fields.Is(Shop, "shop 42")),
        ("1 %: number >= x", Fields.Compare(Percent, Relation.GreaterOrEqual, 99)),
        ("10 %: number < x", Fields.Compare(Percent, Relation.Less, 10)),
        ("10 %: list HAS x", new Has(Fields.Of(Labels), "label 3")),
        ("10 % AND 10 % AND 10 %", Fields.All(
            Fields.Compare(Percent, Relation.Less, 10), new Has(Fields.Of(Labels), "label 3"), new StartsWith(Fields.Of(Shop), "shop 9"))),
        ("50 %, more than the limit", Fields.Compare(Percent, Relation.Less, 50)),
    ];

    /// <summary>The same on the server of MYSQL_TEST_SERVER, in a database that is dropped afterwards.</summary>
    public static async Task RunOnMySqlAsync(Func<string, Task> sayAsync)
    {
        await using var database = TestDatabase.Create();
        await using var catalog = await MySqlCatalog.OpenAsync(database.Options, TimeProvider.System, NullLogger<MySqlCatalog>.Instance, default);
        await RunAsync(catalog, sayAsync);
    }

    public static async Task RunAsync<T>(T catalog, Func<string, Task> sayAsync)
        where T : ICatalog, IItemCatalog
    {
        var model = new ModelIdentity("measured", "1", Dimension);
        var vector = Catalog.Rows.Vector(1, Dimension);
        var plain = await CreateAsync("plain", TableSettings.Default);
        var stored = await CreateAsync("stored", Indexed with { Attributes = [.. Indexed.Attributes.Select(attribute => attribute with { Indexed = false })] });
        var indexed = await CreateAsync("indexed", Indexed);
        var rates = new Dictionary<string, List<double>>();
        for (var from = 0; from < Rows; from += RowsPerRound)
        {
            var count = Math.Min(RowsPerRound, Rows - from);
            await AddAsync("texts only", plain, from, count, _ => null);
            await AddAsync("eight attributes, none indexed", stored, from, count, AttributesOf);
            await AddAsync("eight attributes, all indexed", indexed, from, count, AttributesOf);
        }

        foreach (var (what, values) in rates) await SayAsync($"adds/s, 256 a call, {what}", Median(values));
        foreach (var (name, filter) in Filters)
        {
            var found = (await catalog.SelectIdsAsync(indexed, filter, Limit, default)).Value;
            await TimeAsync($"select {name} ({found?.Count ?? -1} ids)", () => catalog.SelectIdsAsync(indexed, filter, Limit, default));
            if (found is not { Count: > 0 }) continue;
            await TimeAsync("  read these items", () => catalog.ReadItemsAsync(indexed, [.. found], default));
        }

        foreach (var order in new[] { Fields.Id, Fields.Of(Percent), Fields.Created })
            await TimeAsync($"list 100 by {FilterFields.NameOf(order)}", () => ListAsync(order, null));
        await TimeAsync("list 100 by id, 1 % by index", () => ListAsync(Fields.Id, Filters[2].Filter));
        await TimeAsync("list 100 by percent, 10 % by index", () => ListAsync(Fields.Of(Percent), Filters[5].Filter));
        await TimeAsync("list 100 by id, a filter without an index that matches nothing", () => ListAsync(Fields.Id, new Has(Fields.Tags, "none")));

        async Task<TableGeneration> CreateAsync(string name, TableSettings settings) =>
            (await catalog.CreateTableAsync(TableName.Parse(name).Value, model, Metric.L2, settings, default)).Generation;

        async Task AddAsync(string what, TableGeneration table, int from, int count, Func<int, string?> attributes)
        {
            var calls = Enumerable.Range(from, count)
                .Select(i => new NewPicture(new PictureVectors(model, vector), new PictureTexts("tags") { Attributes = attributes(i) }))
                .Chunk(NewPicture.MaxPerAdd).ToList();
            var watch = Stopwatch.StartNew();
            foreach (var call in calls) (await catalog.AddManyAsync(table, call, searchable: true, default)).Failure.ShouldBeNull();
            if (!rates.TryGetValue(what, out var values)) rates.Add(what, values = []);
            values.Add(count / watch.Elapsed.TotalSeconds);
        }

        Task ListAsync(FilterField order, Filter? filter) => catalog.ListItemsAsync(indexed, order, false, filter, null, 100, default);

        async Task TimeAsync(string what, Func<Task> run)
        {
            var times = new List<double>(Tries);
            for (var i = 0; i < Tries; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await run();
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            await SayAsync($"ms to {what}", Median(times));
        }

        Task SayAsync(string what, double value) => sayAsync(string.Create(CultureInfo.InvariantCulture, $"{what}: {value:F2}"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string AttributesOf(int i)
    {
        var random = new Random(i);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"serial":{{i % 10_000}},"percent":{{random.NextDouble() * 100:F4}},"shop":"shop {{random.Next(100)}}","labels":["label {{random.Next(10)}}"],"colour":"{{random.Next(12)}}","size":"{{random.Next(8)}}","stocked":{{(i % 2 == 0 ? "true" : "false")}},"season":"2026-0{{1 + (i % 9)}}-01T00:00:00.000Z"}
            """);
    }
}
