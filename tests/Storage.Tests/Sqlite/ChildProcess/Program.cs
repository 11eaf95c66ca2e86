using System.Globalization;
using System.Text;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.S3;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Sqlite.ChildProcess;

/// <summary>
/// The process that tests kill or starve, and that measures (<c>measure</c>, <c>compare</c>, <c>items</c>, <c>mysql-items</c>,
/// <c>milvus</c>, <c>tables</c>, <c>versions</c>): <c>ROLE FOLDER</c>. It prints what the catalog has acknowledged.
/// </summary>
public static class Program
{
    internal const string OpenLine = "open";
    private const int Writers = 4;

    public static async Task<int> Main(string[] args)
    {
        var options = new SqliteOptions { DataFolder = args[1], RowsPerMove = args[0] == "move" ? 2 : 1000 };
        try
        {
            await using var objects = args[0] == "originals" ? await OpenObjectsAsync(bucket: args[2]) : null;
            options = options with { Objects = objects };
            await using var catalog = await SqliteCatalog.OpenAsync(
                options, TimeProvider.System, NullLogger<SqliteCatalog>.Instance, CancellationToken.None);
            await SayAsync(OpenLine);
            await (args[0] switch
            {
                "add" => AddForeverAsync(catalog, _ => null),
                "pictures" => AddForeverAsync(catalog, tags => new KeptPictures(File("image/webp", tags), null)),
                "originals" => AddForeverAsync(catalog, tags => new KeptPictures(File("image/webp", tags), File("image/jpeg", "original " + tags))),
                "hold" or "move" => Console.In.ReadToEndAsync(),
                "check" => FillAndCheckAsync(catalog),
                "compare" => Measurement.CompareAsync(catalog, SayAsync),
                "items" => ItemMeasurement.RunAsync(catalog, SayAsync),
                "mysql-items" => ItemMeasurement.RunOnMySqlAsync(SayAsync),
                "milvus" => Milvus.MilvusMeasurement.RunAsync(catalog, SayAsync),
                "measure" => Measurement.RunAsync(catalog, SayAsync),
                "tables" => TableMeasurement.RunAsync(args[1], SayAsync),
                "versions" => TableMeasurement.CompareAsync(catalog, args[1], SayAsync),
                var role => throw new ArgumentException($"no role {role}", nameof(args)),
            });
            return 0;
        }
        catch (CatalogException e)
        {
            await SayAsync($"{e.Code}: {e.Message}");
            return 3;
        }
    }

    private static KeptPicture File(string mediaType, string text) => new(mediaType, Encoding.UTF8.GetBytes(text));

    private static Task<S3ObjectStore> OpenObjectsAsync(string bucket) =>
        S3ObjectStore.OpenAsync(S3Bucket.OptionsOf(bucket), TimeProvider.System, NullLogger<S3ObjectStore>.Instance, CancellationToken.None);

    // In one write: a killed process leaves complete lines, or a last one without its end.
    private static Task SayAsync(string line) => Console.Out.WriteAsync(line + "\n");

    // Adds until the disk is full, then runs the health check.
    private static async Task FillAndCheckAsync(SqliteCatalog catalog)
    {
        var table = (await catalog.CreateTableAsync(TableName.Parse("shop").Value, Rows.Model, Metric.L2, default)).Generation;
        try
        {
            while (true) await catalog.AddAsync(table, Rows.Row(tags: new string('x', 20_000)), default);
        }
        catch (CatalogException)
        {
            try
            {
                await SayAsync("checked " + (await catalog.CheckAsync(default) ?? "well"));
            }
            catch (CatalogException e)
            {
                await SayAsync($"checked {e.Code}: {e.Message}");
            }
        }
    }

    private static async Task AddForeverAsync(SqliteCatalog catalog, Func<string, KeptPictures?> kept)
    {
        var table = (await catalog.CreateTableAsync(TableName.Parse("shop").Value, Rows.Model, Metric.L2, default)).Generation;
        await await Task.WhenAny(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = 0; ; i++)
            {
                var tags = $"{writer}/{i}";
                var picture = Rows.Row(tags: tags);
                var row = (await catalog.AddAsync(table, picture with { Vectors = picture.Vectors with { Kept = kept(tags) } }, default)).Value;
                await SayAsync($"{row.Id.ToString(CultureInfo.InvariantCulture)} {tags}");
            }
        }));
    }
}
