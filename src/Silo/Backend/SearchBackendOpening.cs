using ImageSearch.Embedding;
using ImageSearch.Grains.Tables;
using ImageSearch.Silo.Settings;

namespace ImageSearch.Silo.Backend;

/// <summary>
/// The engine while it is opened beside the start of the host. A part of it can be resolved only when it is open:
/// <see cref="SearchBackendServices"/> waits for that before the web server, or a cluster, lets calls in.
/// </summary>
internal sealed class SearchBackendOpening : IAsyncDisposable
{
    private readonly Task<SearchBackend> _opening;
    private readonly BackendSettings _settings;

    private SearchBackendOpening(Task<SearchBackend> opening, BackendSettings settings) => (_opening, _settings) = (opening, settings);

    /// <summary>Begins to open the engine on other threads.</summary>
    /// <param name="settings">Where things are.</param>
    /// <param name="logs">Takes what is opened.</param>
    /// <param name="openEmbedder">Opens the network; null for the one of MODEL_PATH.</param>
    public static SearchBackendOpening Begin(
        BackendSettings settings, ILoggerFactory logs, Func<BackendSettings, ILoggerFactory, IPictureEmbedder>? openEmbedder = null) =>
        new(Task.Run(() => SearchBackend.OpenAsync(settings, logs, openEmbedder)), settings);

    /// <summary>Waits until it is open.</summary>
    /// <inheritdoc cref="SearchBackend.OpenAsync" path="/exception"/>
    public Task<SearchBackend> OpenedAsync(CancellationToken cancellationToken) => _opening.WaitAsync(cancellationToken);

    /// <summary>Adds the engine's parts, what the grains share beside them, and what runs beside the grains.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(this);
        services.AddSingleton(_ => Engine.Catalog);
        services.AddSingleton(_ => Engine.Imports);
        services.AddSingleton(_ => Engine.Vectors);
        services.AddSingleton(_ => Engine.Embedder);
        services.AddSingleton(_ => new TableOptions(Engine.Embedder.Model, _settings.Metric));
        SearchBackend.AddShared(services);
        services.AddHostedService<SearchBackendServices>();
    }

    /// <summary>Closes the engine where it was opened. Its parts that the host has closed already stay so.</summary>
    public async ValueTask DisposeAsync()
    {
        await ((Task)_opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_opening.IsCompletedSuccessfully) await (await _opening).DisposeAsync();
    }

    // Of a task that has ended: nothing waits here.
#pragma warning disable RS0030
    private SearchBackend Engine =>
        _opening.IsCompletedSuccessfully ? _opening.Result : throw new InvalidOperationException("The engine is not open yet.");
#pragma warning restore RS0030
}
