using ImageSearch.Embedding;
using ImageSearch.Grains.Keys;
using ImageSearch.Grains.Tables;
using ImageSearch.Silo.Settings;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Silo.Backend;

/// <summary>
/// The backend while it opens in parallel with the start of the host. Its parts can be resolved only when it is open:
/// <see cref="SearchBackendServices"/> waits for that before the web server, or a cluster, accepts calls.
/// </summary>
public sealed class SearchBackendOpening : IAsyncDisposable
{
    private readonly Task<SearchBackend> _opening;
    private readonly BackendSettings _settings;

    private SearchBackendOpening(Task<SearchBackend> opening, BackendSettings settings) => (_opening, _settings) = (opening, settings);

    // The task has completed, so this does not block.
#pragma warning disable RS0030
    private SearchBackend Backend =>
        _opening.IsCompletedSuccessfully ? _opening.Result : throw new InvalidOperationException("The backend is not open yet.");
#pragma warning restore RS0030

    /// <summary>Starts to open the backend on other threads.</summary>
    /// <param name="settings">Paths, servers and limits.</param>
    /// <param name="logs">For messages of the catalog, the vector store and the network.</param>
    /// <param name="openEmbedder">Opens the network; null for the one of MODEL_PATH.</param>
    public static SearchBackendOpening Begin(
        BackendSettings settings, ILoggerFactory logs, Func<BackendSettings, ILoggerFactory, IPictureEmbedder>? openEmbedder = null) =>
        new(Task.Run(() => SearchBackend.OpenAsync(settings, logs, openEmbedder)), settings);

    /// <summary>Waits until the backend is open.</summary>
    /// <exception cref="ServiceDefaults.Settings.SettingsException">VECTOR_DIMENSION is not that of the model.</exception>
    /// <exception cref="Storage.Catalog.CatalogException">The data folder, or the database server, can't be used.</exception>
    /// <exception cref="Embedding.Models.ModelException">The model can't be used.</exception>
    public Task OpenedAsync(CancellationToken cancellationToken) => _opening.WaitAsync(cancellationToken);

    /// <summary>Adds the parts of the backend, the services that grains share, and the background services.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(this);
        services.AddSingleton(_ => Backend.Catalog);
        services.AddSingleton(_ => (IItemCatalog)Backend.Catalog);
        services.AddSingleton(_ => (IPictureCatalog)Backend.Catalog);
        services.AddSingleton(_ => Backend.Sweep);
        services.AddSingleton(_ => Backend.Imports);
        services.AddSingleton(_ => Backend.Backups);
        services.AddSingleton(_ => Backend.Keys);
        services.AddSingleton(new AuditOptions(TimeSpan.FromDays(_settings.AuditDays)));
        services.AddSingleton(_ => Backend.Reembeds);
        services.AddSingleton(_ => Backend.Vectors);
        services.AddSingleton(_ => Backend.Embedder);
        services.AddSingleton(new KeptPictureCheck(_settings.Embedding));
        services.AddSingleton(_ => new TableOptions(Backend.Embedder.Model, _settings.Metric) { KeepPictures = _settings.KeepPictures });
        SearchBackend.AddShared(services);
        services.AddHostedService<SearchBackendServices>();
    }

    /// <summary>Closes the backend if it was opened. Closing a part that the host has closed has no effect.</summary>
    public async ValueTask DisposeAsync()
    {
        await ((Task)_opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_opening.IsCompletedSuccessfully) await (await _opening).DisposeAsync();
    }
}
