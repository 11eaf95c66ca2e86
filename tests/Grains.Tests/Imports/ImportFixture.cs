using System.Collections.Concurrent;
using ImageSearch.Fetching;
using ImageSearch.Grains.Imports;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;
using ImageSearch.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Grains.Tests.Imports;

/// <summary>Imports in a real SQLite file, with a pipeline that the test scripts.</summary>
public abstract class ImportFixture : IAsyncLifetime
{
    private readonly string _dataFolder = Directory.CreateTempSubdirectory("imagesearch-imports-").FullName;
    private SqliteCatalog _catalog = null!;

    internal TestMeters Meters { get; } = new();

    internal ImportStore Imports { get; private set; } = null!;

    internal static ImportWork Work { get; } = new(TableName.Parse("shop").Value, 1, PictureViews.Whole);

    public async Task InitializeAsync()
    {
        _catalog = await SqliteCatalog.OpenAsync(
            new SqliteOptions { DataFolder = _dataFolder }, TimeProvider.System, NullLogger<SqliteCatalog>.Instance, default);
        Imports = new ImportStore(_catalog, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        await _catalog.DisposeAsync();
        Meters.Dispose();
        Directory.Delete(_dataFolder, recursive: true);
    }

    /// <summary>Starts an import with its pictures in pieces of 32.</summary>
    internal async Task<string> BeginAsync(params string[] urls)
    {
        var id = Guid.NewGuid().ToString("N");
        await Imports.BeginImportAsync(id, new TableGeneration(Work.Table, 1), PictureViews.Whole, ImportChoices.Default, default);
        foreach (var (number, piece) in urls.Chunk(ImportItems.MaxItems).Index())
        {
            ImportItem[] items = [.. piece.Select((url, i) => new ImportItem(number * ImportItems.MaxItems + i + 1, url, null, new PictureTexts { Key = url }))];
            await Imports.AddPieceAsync(id, new ImportPiece(number, items.Length, 0, ImportSerializer.Write(items)), default);
        }

        await Imports.MoveImportAsync(id, ImportState.Receiving, ImportState.Running, null, default);
        return id;
    }

    /// <summary>Runs a piece for one time slice.</summary>
    internal async Task<Failure?> AdvanceAsync(
        string id, int number, IPicturePipeline pictures, ImportThrottle throttle, IImportStore? store = null, ImportOptions? options = null)
    {
        options ??= new ImportOptions { RetryDelay = TimeSpan.Zero };
        var piece = (await (store ?? Imports).FindPieceAsync(id, number, default))!;
        if (piece.Next == piece.Items) return null;
        using var slice = new ImportTimeSlice(options, TimeProvider.System, default);
        var importer = new PictureImporter(id, pictures, throttle, options, TimeProvider.System);
        return await new ImportPieceRunner(id, number, store ?? Imports, importer, new ImportMetrics(Meters), default).RunAsync(piece, Work, slice);
    }

    internal async Task<ImportFailure[]> FailuresAsync(string id) =>
        [.. (await Imports.ReadFailuresAsync(id, 1000, default)).Select(ImportSerializer.ReadFailure)];

    internal static string[] Urls(int count, string host = "shop.example") =>
        [.. Enumerable.Range(0, count).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"http://{host}/{i}.jpg"))];
}

/// <summary>A pipeline whose results the test scripts.</summary>
internal sealed class ScriptedPipeline(
    Func<ImportItem, Task<Failure?>>? load = null, Func<ImportItem, Task<Failure?>>? embed = null,
    Func<ImportItem, Task<Failure?>>? store = null) : IPicturePipeline
{
    private static readonly PictureVectors Vectors = new(new ModelIdentity("test", "1", 1), new float[] { 1 });

    /// <summary>The requested URLs.</summary>
    public ConcurrentQueue<string> Loaded { get; } = [];

    public Task<Result<bool>> IsKeptAsync(ImportItem item, ImportWork work, CancellationToken cancellationToken) =>
        Task.FromResult<Result<bool>>(false);

    public async Task<Result<LoadedPicture>> LoadAsync(ImportItem item, CancellationToken cancellationToken)
    {
        Loaded.Enqueue(item.Url!);
        return load is not null && await load(item) is { } failure ? failure : new LoadedPicture(default(ReadOnlyMemory<byte>));
    }

    public async Task<Result<PictureVectors>> EmbedAsync(
        LoadedPicture picture, ImportItem item, ImportWork work, CancellationToken cancellationToken) =>
        embed is not null && await embed(item) is { } failure ? failure : Vectors;

    public async Task<ImportOutcome> StoreAsync(PictureVectors vectors, ImportItem item, ImportWork work, CancellationToken cancellationToken) =>
        store is null ? default : (ImportOutcome)await store(item);

    public async Task<IReadOnlyList<ImportOutcome>> StoreVectorsAsync(
        IReadOnlyList<ImportItem> items, ImportWork work, CancellationToken cancellationToken) =>
        await Task.WhenAll(items.Select(item => StoreAsync(item.Vectors!, item, work, cancellationToken)));
}
