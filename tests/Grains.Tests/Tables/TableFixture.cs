using ImageSearch.Embedding;
using ImageSearch.Grains.Duplicates;
using ImageSearch.Grains.Imports;
using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Reembedding;
using ImageSearch.Grains.Search;
using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Reembedding;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>Grains over a real SQLite file and the embedded vector store, with vectors made by the test.</summary>
public abstract class TableFixture : IAsyncLifetime
{
    private readonly string _dataFolder = Directory.CreateTempSubdirectory("imagesearch-grains-").FullName;
    private IAsyncDisposable? _host;

    protected static ModelIdentity Model { get; } = new("test", "1", 4);

    protected static TableName Shop { get; } = TableName.Parse("shop").Value;

    protected SqliteCatalog Catalog { get; private set; } = null!;

    /// <summary>The catalog that the grains use.</summary>
    protected CountingCatalog Counted { get; private set; } = null!;

    /// <summary>Creates the meters.</summary>
    internal TestMeters Meters { get; } = new();

    protected TableLoads Loads { get; private set; } = null!;

    protected FaultyVectorStore Vectors { get; private set; } = null!;

    /// <summary>The limits of searches for duplicates.</summary>
    protected virtual DuplicateLimits DuplicateLimits { get; } = new();

    /// <summary>What searches for duplicates share.</summary>
    protected DuplicateSlots DuplicateSlots { get; private set; } = null!;

    protected IGrainFactory Grains { get; private set; } = null!;

    protected ITableGrain Table => Grains.GetGrain<ITableGrain>(Shop.Value);

    /// <summary>The pictures of rows, for changes of models.</summary>
    internal ScriptedPictures Pictures { get; } = new(Model);

    protected ITableReembedGrain Reembedding => Grains.GetGrain<ITableReembedGrain>(Shop.Value);

    /// <summary>The vector store is remote, as Milvus is.</summary>
    protected virtual bool IsStoreRemote => false;

    /// <summary>The vector store keeps its indexes on disk.</summary>
    protected virtual bool StoresSnapshots => false;

    protected string IndexFolder => Path.Combine(_dataFolder, "index");

    public virtual Task InitializeAsync() => StartAsync(Model);

    public async Task DisposeAsync()
    {
        await StopAsync();
        Meters.Dispose();
        Directory.Delete(_dataFolder, recursive: true);
    }

    /// <summary>Restarts the host on the same data.</summary>
    protected async Task RestartAsync(ModelIdentity? model = null)
    {
        await StopAsync();
        await StartAsync(model ?? Model);
    }

    /// <summary>Restarts the host and changes the data while no index is open.</summary>
    protected async Task RestartAsync(Func<Task> between)
    {
        await StopAsync();
        Catalog = await OpenCatalogAsync();
        await between();
        await Catalog.DisposeAsync();
        await StartAsync(Model);
    }

    /// <summary>A unit vector in the plane of the first two axes.</summary>
    protected static float[] At(double degrees) =>
        [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180), 0, 0];

    protected static NewPicture Picture(double degrees, PictureTexts? texts = null, bool replaceSameKey = false) =>
        new(new PictureVectors(Model, At(degrees)), texts ?? new PictureTexts(), replaceSameKey);

    protected static PictureQuery Near(double degrees, int topK = 10) => new(new PictureVectors(Model, At(degrees)), topK);

    protected async Task<long> AddAsync(double degrees, PictureTexts? texts = null) =>
        (await Table.AddAsync(Picture(degrees, texts), default)).ShouldSucceed();

    protected async Task<long[]> FoundNearAsync(double degrees, int topK = 10) =>
        [.. (await Table.SearchAsync(Near(degrees, topK), default)).ShouldSucceed().Hits.Select(hit => hit.Id)];

    private async Task StopAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        DuplicateSlots.Dispose();
        await Vectors.DisposeAsync();
        await Catalog.DisposeAsync();
    }

    private async Task StartAsync(ModelIdentity model)
    {
        Catalog = await OpenCatalogAsync();
        Counted = new CountingCatalog(Catalog);
        Loads = new TableLoads(TimeProvider.System);
        DuplicateSlots = new DuplicateSlots(DuplicateLimits);
        Vectors = IsStoreRemote
            ? new FaultyRemoteStore()
            : new FaultyVectorStore(isFilledFromCatalog: true, StoresSnapshots ? IndexFolder : null);
        (Grains, _host) = await ActivateAsync(new TableOptions(model, Metric.L2));
    }

    private Task<SqliteCatalog> OpenCatalogAsync() =>
        SqliteCatalog.OpenAsync(
            new SqliteOptions { DataFolder = _dataFolder }, TimeProvider.System, NullLogger<SqliteCatalog>.Instance, default);

    private async Task<(IGrainFactory, IAsyncDisposable)> ActivateAsync(TableOptions options)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ICatalog>(Counted).AddSingleton<IItemCatalog>(Catalog).AddSingleton<IPictureCatalog>(Catalog).AddSingleton(TimeProvider.System).AddSingleton<IVectorStore>(Vectors).AddSingleton(options)
            .AddSingleton(Loads).AddSingleton<ChangeFeed>().AddSingleton<TableScans>().AddSingleton(DuplicateSlots).AddSingleton(new CallMetrics(TimeProvider.System, Meters));
        builder.Services.AddSingleton<IReembedStore>(new ReembedStore(Catalog, TimeProvider.System)).AddSingleton<Reembedder>().AddSingleton(new ImportThrottle(new ImportOptions()))
            .AddSingleton(new ReembedOptions { RetryDelay = TimeSpan.Zero }).AddSingleton<IRowPictures>(Pictures).AddSingleton<IPictureEmbedder>(Pictures);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), gatewayPort: 0));
        var host = builder.Build();
        await host.StartAsync();
        return (host.Services.GetRequiredService<IGrainFactory>(), (IAsyncDisposable)host);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}

internal static class ResultAssertions
{
    public static T ShouldSucceed<T>(this Result<T> result)
    {
        result.Failure.ShouldBeNull();
        return result.Value!;
    }

    public static Failure ShouldFail<T>(this Result<T> result, FailureCode code)
    {
        result.Failure.ShouldNotBeNull().Code.ShouldBe(code);
        return result.Failure!;
    }
}
