using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Cli.Tests;

/// <summary>The data folders and files of a test.</summary>
internal sealed class Shop : IDisposable
{
    public static readonly ModelIdentity Model = new("test-net", "1", 4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagesearch-cli-");

    public static TableName Table { get; } = TableName.Parse("shop").Value;

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public Task<SqliteCatalog> OpenAsync(string data) => SqliteCatalog.OpenAsync(
        new SqliteOptions { DataFolder = Path(data) }, TimeProvider.System, NullLogger<SqliteCatalog>.Instance, default);

    /// <summary>Creates a table with all kinds of rows, including a changed and some deleted ones.</summary>
    public async Task FillAsync(string data, int rows = 600)
    {
        await using var catalog = await OpenAsync(data);
        var table = (await catalog.CreateTableAsync(Table, Model, Metric.Cosine, default)).Generation;
        await Task.WhenAll(Enumerable.Range(0, rows).Select(async i =>
            (await catalog.AddAsync(table, Row(i), searchable: i % 4 != 0, default)).Failure.ShouldBeNull()));
        await catalog.ChangeAsync(table, new PictureChange(2, new PictureVectors(Model, Vector(999)), new PictureTexts(Tags: "改")), searchable: false, default);
        await catalog.DeleteByIdsAsync(table, [1, rows], default);
    }

    public async Task<IReadOnlyList<StoredRow>> RowsAsync(string data, string table = "shop")
    {
        await using var catalog = await OpenAsync(data);
        var record = (await catalog.FindTableAsync(TableName.Parse(table).Value, default)).ShouldNotBeNull();
        return (await catalog.ReadRowsAsync(record.Generation, 0, 10_000, default)).Value!;
    }

    public static float[] Vector(int seed)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, 4).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var length = MathF.Sqrt(values.Sum(value => value * value));
        return [.. values.Select(value => value / length)];
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static NewPicture Row(int i) => new(
        new PictureVectors(Model, Vector(i), i % 3 == 0 ? Vector(i + 5000) : default(ReadOnlyMemory<float>?)),
        new PictureTexts(
            i % 2 == 0 ? "标签😀" : null, i % 5 == 0 ? "a \"brief\"\n\\ </b>" : null, $"key{i}", i % 7 == 0 ? @"C:\a.jpg" : null));
}
