using System.Globalization;
using ImageSearch.Embedding;
using ImageSearch.Embedding.Models;
using ImageSearch.Grains.Duplicates;
using ImageSearch.Grains.Imports;
using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Reembedding;
using ImageSearch.Grains.Search;
using ImageSearch.Grains.Tables;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Silo.Settings;
using ImageSearch.Storage.Backups;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;
using ImageSearch.Storage.Keys;
using ImageSearch.Storage.Milvus.Vectors;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Originals;
using ImageSearch.Storage.Reembedding;
using ImageSearch.Storage.S3;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Vectors;
using ImageSearch.Storage.Vectors.Embedded;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ImageSearch.Silo.Backend;

/// <summary>The catalog, the vector store and the network that grains use. Disposed after the host.</summary>
internal sealed class SearchBackend : IAsyncDisposable
{
    private readonly IObjectStore? _objects;
    private readonly DataFolderLock? _folder;

    private SearchBackend(
        ICatalog catalog, IObjectStore? objects, OriginalSweep sweep, IVectorStore vectors, IPictureEmbedder embedder, IBackups backups, DataFolderLock? folder) =>
        (Catalog, Imports, Keys, Reembeds, _objects, Sweep, Vectors, Embedder, Backups, _folder) =
        (catalog, ImportsOf(catalog), KeysOf(catalog), ReembedsOf(catalog), objects, sweep, vectors, embedder, backups, folder);

    public ICatalog Catalog { get; }

    public IImportStore Imports { get; }

    public IKeyStore Keys { get; }

    public IReembedStore Reembeds { get; }

    /// <summary>Deletes objects that no row refers to.</summary>
    public OriginalSweep Sweep { get; }

    public IVectorStore Vectors { get; }

    public IPictureEmbedder Embedder { get; }

    public IBackups Backups { get; }

    /// <summary>Opens the catalog and the network in parallel: each takes a large part of the start.</summary>
    /// <param name="settings">Paths, servers and limits.</param>
    /// <param name="logs">For messages of the parts.</param>
    /// <param name="openEmbedder">Opens the network; null for the one of MODEL_PATH.</param>
    /// <exception cref="SettingsException">VECTOR_DIMENSION is not that of the model.</exception>
    /// <exception cref="CatalogException">The data folder, the database server or the bucket can't be used.</exception>
    /// <exception cref="ModelException">The model can't be used.</exception>
    public static async Task<SearchBackend> OpenAsync(
        BackendSettings settings, ILoggerFactory logs, Func<BackendSettings, ILoggerFactory, IPictureEmbedder>? openEmbedder = null)
    {
        // The SQLite catalog locks the folder itself. With a database server the folder has the indexes, which only one process may write.
        var folder = settings.MySql is null ? null : DataFolderLock.Take(settings.DataPath);
        var opening = OpenCatalogAsync(settings, logs);
        openEmbedder ??= OpenOnnx;
        IPictureEmbedder? embedder = null;
        try
        {
            embedder = await Task.Run(() => openEmbedder(settings, logs));
            CheckDimension(settings, embedder.Model);
            var (catalog, objects) = await opening;
            var vectors = await OpenVectorsAsync(settings, catalog, logs);
            var sweep = new OriginalSweep(objects, catalog, TimeProvider.System, logs.CreateLogger<OriginalSweep>());
            return new SearchBackend(catalog, objects, sweep, vectors, embedder, BackupsOf(settings, logs), folder);
        }
        catch
        {
            if (embedder is not null) await embedder.DisposeAsync();
            if (opening.IsCompletedSuccessfully) await CloseAsync(await opening);
            folder?.Dispose();
            throw;
        }
    }

    /// <summary>Adds the services that grains share besides the parts of the backend.</summary>
    public static void AddShared(IServiceCollection services)
    {
        services.AddSingleton(new ImportOptions());
        services.AddSingleton<ImportThrottle>();
        services.AddSingleton<ImportAdder>();
        services.AddSingleton<ImportMetrics>();
        services.AddSingleton(new ReembedOptions());
        services.AddSingleton<IRowPictures, RowPictures>();
        services.AddSingleton<Reembedder>();
        services.AddSingleton<TableLoads>();
        services.AddSingleton<TableScans>();
        services.AddSingleton(new DuplicateSlots());
        services.TryAddSingleton<CallStages>();
        services.AddSingleton<CallMetrics>();
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<IndexLag>();
        services.AddSingleton<IndexReconciler>();
    }

    /// <summary>Closes the embedder first and the catalog last.</summary>
    public async ValueTask DisposeAsync()
    {
        await Embedder.DisposeAsync();
        await Vectors.DisposeAsync();
        await CloseAsync((Catalog, _objects));
        _folder?.Dispose();
    }

    private static ImportStore ImportsOf(ICatalog catalog) =>
        catalog is MySqlCatalog mySql ? new ImportStore(mySql, TimeProvider.System) : new ImportStore((SqliteCatalog)catalog, TimeProvider.System);

    private static IBackups BackupsOf(BackendSettings settings, ILoggerFactory logs)
    {
        if (settings.MySql is not null) return NoBackups.MySql;
        return settings.Backups is { } options
            ? new FolderBackups(options, settings.DataPath, TimeProvider.System, logs.CreateLogger<FolderBackups>())
            : NoBackups.NoFolder;
    }

    private static KeyStore KeysOf(ICatalog catalog) =>
        catalog is MySqlCatalog mySql ? new KeyStore(mySql, TimeProvider.System) : new KeyStore((SqliteCatalog)catalog, TimeProvider.System);

    private static ReembedStore ReembedsOf(ICatalog catalog) =>
        catalog is MySqlCatalog mySql ? new ReembedStore(mySql, TimeProvider.System) : new ReembedStore((SqliteCatalog)catalog, TimeProvider.System);

    private static IPictureEmbedder OpenOnnx(BackendSettings settings, ILoggerFactory logs)
    {
        var embedder = OnnxPictureEmbedder.Open(settings.Embedding, logs.CreateLogger<OnnxPictureEmbedder>());
        return settings.SearchCacheMegabytes == 0 ? embedder : new SearchCache(embedder, settings.SearchCacheMegabytes);
    }

    private static async Task<IVectorStore> OpenVectorsAsync(BackendSettings settings, ICatalog catalog, ILoggerFactory logs)
    {
        if (settings.Milvus is { } milvus)
            return new MilvusVectorStore(milvus, catalog, TimeProvider.System, logs.CreateLogger<MilvusVectorStore>());
        var options = new EmbeddedVectorStoreOptions
        {
            Folder = Path.Combine(
                settings.DataPath,
                catalog is MySqlCatalog mySql ? string.Create(CultureInfo.InvariantCulture, $"index-{mySql.Identity:x16}") : "index"),
            MemoryLimitBytes = (long)settings.IndexMemoryMegabytes << 20,
            Threads = settings.IndexThreads,
            SearchWidth = settings.IndexSearchWidth,
            TargetRecall = settings.IndexRecallPercent / 100.0,
        };
        var tables = await catalog.ListTablesAsync(CancellationToken.None);
        var vectors = new EmbeddedVectorStore(options, TimeProvider.System, logs.CreateLogger<EmbeddedVectorStore>());
        vectors.Sweep(tables);
        return vectors;
    }

    private static async Task<(ICatalog Catalog, IObjectStore? Objects)> OpenCatalogAsync(BackendSettings settings, ILoggerFactory logs)
    {
        var objects = settings.Objects is { } bucket
            ? await S3ObjectStore.OpenAsync(bucket, TimeProvider.System, logs.CreateLogger<S3ObjectStore>(), CancellationToken.None)
            : null;
        try
        {
            return (await OpenCatalogAsync(settings, objects, logs), objects);
        }
        catch
        {
            if (objects is not null) await objects.DisposeAsync();
            throw;
        }
    }

    private static async Task<ICatalog> OpenCatalogAsync(BackendSettings settings, IObjectStore? objects, ILoggerFactory logs)
    {
        if (settings.MySql is { } mySql)
        {
            return await MySqlCatalog.OpenAsync(
                mySql with { MaxTables = settings.MaxTables, Objects = objects }, TimeProvider.System, logs.CreateLogger<MySqlCatalog>(), CancellationToken.None);
        }

        var sqlite = new SqliteOptions { DataFolder = settings.DataPath, MaxTables = settings.MaxTables, Objects = objects };
        return await SqliteCatalog.OpenAsync(sqlite, TimeProvider.System, logs.CreateLogger<SqliteCatalog>(), CancellationToken.None);
    }

    // The catalog uses the objects.
    private static async Task CloseAsync((ICatalog Catalog, IObjectStore? Objects) opened)
    {
        await opened.Catalog.DisposeAsync();
        if (opened.Objects is not null) await opened.Objects.DisposeAsync();
    }

    private static void CheckDimension(BackendSettings settings, ModelIdentity model)
    {
        if (settings.VectorDimension is not { } dimension || dimension == model.Dimension) return;
        throw new SettingsException(
        [
            $"VECTOR_DIMENSION is {dimension}, but the model {model.Name} makes vectors of {model.Dimension} values: "
            + "set VECTOR_DIMENSION to that number or leave it unset, or set MODEL or MODEL_PATH to another model",
        ]);
    }
}
