using ImageSearch.Embedding;
using ImageSearch.Grains.Imports;
using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Silo.Backend;

/// <summary>
/// Waits for the engine, then starts what runs beside the grains. The host itself would create all of it before anything has started, and so
/// before the engine is open.
/// </summary>
internal sealed partial class SearchBackendServices(
    SearchBackendOpening opening, IServiceProvider services, IHostApplicationLifetime lifetime, ILogger<SearchBackendServices> logger) : IHostedService
{
    private readonly List<BackgroundService> _running = [];
    private Task _watching = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await opening.OpenedAsync(cancellationToken);
        // The container closes what it gave out in the opposite order: first what makes vectors, last what keeps rows.
        _ = (services.GetService<ICatalog>(), services.GetService<IVectorStore>(), services.GetService<IPictureEmbedder>());
        foreach (var type in (Type[])[typeof(TableWarmup), typeof(ChangeFeedService), typeof(IndexReconcilerService), typeof(ImportResumer)])
        {
            var service = (BackgroundService)ActivatorUtilities.CreateInstance(services, type);
            _running.Add(service);
            await service.StartAsync(cancellationToken);
        }

        _watching = WatchAsync();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // All at a time, so that one that can't end in time keeps none of the others.
        var stopping = _running.Select(service => service.StopAsync(cancellationToken)).Append(_watching.WaitAsync(cancellationToken));
        await Task.WhenAll(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var service in _running) service.Dispose();
    }

    // As the host does with services of its own: one that fails ends the process instead of being missing without a sign.
    private async Task WatchAsync()
    {
        await foreach (var ended in Task.WhenEach(_running.Select(service => service.ExecuteTask!)))
        {
            await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ended.IsFaulted) continue;
            LogFailed(ended.Exception);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(EventId = 310, Level = LogLevel.Critical, Message = "A part of the service has failed; the service ends")]
    private partial void LogFailed(Exception exception);
}
