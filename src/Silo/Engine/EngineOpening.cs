using ImageSearch.Embedding;

namespace ImageSearch.Silo;

/// <summary>
/// The engine while it is opened beside the start of the host. A part of it can be resolved only when it is open:
/// <see cref="EngineServices"/> waits for that before the web server, or a cluster, lets calls in.
/// </summary>
internal sealed class EngineOpening : IAsyncDisposable
{
    private readonly Task<PictureEngine> _opening;
    private readonly EngineSettings _settings;

    private EngineOpening(Task<PictureEngine> opening, EngineSettings settings) => (_opening, _settings) = (opening, settings);

    /// <summary>Begins to open the engine on other threads.</summary>
    /// <param name="settings">Where things are.</param>
    /// <param name="logs">Takes what is opened.</param>
    /// <param name="openEmbedder">Opens the network; null for the one of MODEL_PATH.</param>
    public static EngineOpening Begin(
        EngineSettings settings, ILoggerFactory logs, Func<EngineSettings, ILoggerFactory, IPictureEmbedder>? openEmbedder = null) =>
        new(Task.Run(() => PictureEngine.OpenAsync(settings, logs, openEmbedder)), settings);

    /// <summary>Waits until it is open.</summary>
    /// <inheritdoc cref="PictureEngine.OpenAsync" path="/exception"/>
    public Task<PictureEngine> OpenedAsync(CancellationToken cancellationToken) => _opening.WaitAsync(cancellationToken);

    /// <summary>Adds the engine's parts, what the grains share beside them, and what runs beside the grains.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(this);
        services.AddSingleton(_ => Engine.Catalog);
        services.AddSingleton(_ => Engine.Imports);
        services.AddSingleton(_ => Engine.Vectors);
        services.AddSingleton(_ => Engine.Embedder);
        services.AddSingleton(_ => new Grains.DatasetOptions(Engine.Embedder.Model, _settings.Metric));
        PictureEngine.AddShared(services);
        services.AddHostedService<EngineServices>();
    }

    /// <summary>Closes the engine where it was opened. Its parts that the host has closed already stay so.</summary>
    public async ValueTask DisposeAsync()
    {
        await ((Task)_opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_opening.IsCompletedSuccessfully) await (await _opening).DisposeAsync();
    }

    // Of a task that has ended: nothing waits here.
#pragma warning disable RS0030
    private PictureEngine Engine =>
        _opening.IsCompletedSuccessfully ? _opening.Result : throw new InvalidOperationException("The engine is not open yet.");
#pragma warning restore RS0030
}
