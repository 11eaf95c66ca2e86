using ImageSearch.Embedding;
using ImageSearch.Grains.Backups;
using ImageSearch.Grains.Imports;
using ImageSearch.Grains.Reembedding;
using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Keys;
using ImageSearch.Grains.Pictures;
using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Silo.Backend;

/// <summary>
/// Waits for the backend, then starts the background services. The host itself would create all of them before anything has started, and
/// so before the backend is open.
/// </summary>
internal sealed class SearchBackendServices(
    SearchBackendOpening opening, IServiceProvider services, IHostApplicationLifetime lifetime, ILogger<SearchBackendServices> logger) : IHostedService
{
    private static readonly Type[] Types =
    [
        typeof(TableWarmup), typeof(ChangeFeedService), typeof(IndexReconcilerService), typeof(ImportResumer), typeof(BackupService), typeof(AuditSweeper),
        typeof(ReembedResumer), typeof(OriginalSweeper),
    ];

    private readonly List<BackgroundService> _running = [];
    private Task _watching = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await opening.OpenedAsync(cancellationToken);
        // The container disposes in reverse order of creation: the embedder first, the catalog last.
        _ = (services.GetService<ICatalog>(), services.GetService<IItemCatalog>(), services.GetService<IVectorStore>(), services.GetService<IPictureEmbedder>());
        foreach (var type in Types)
        {
            var service = (BackgroundService)ActivatorUtilities.CreateInstance(services, type);
            _running.Add(service);
            await service.StartAsync(cancellationToken);
        }

        _watching = WatchAsync();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // In parallel: a service that does not stop in time must not delay the others.
        var stopping = _running.Select(service => service.StopAsync(cancellationToken)).Append(_watching.WaitAsync(cancellationToken));
        await Task.WhenAll(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var service in _running) service.Dispose();
    }

    // Like the host does with its own services: a failed one stops the process, because its absence would go unnoticed.
    private async Task WatchAsync()
    {
        await foreach (var ended in Task.WhenEach(_running.Select(service => service.ExecuteTask!)))
        {
            await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ended.IsFaulted) continue;
            logger.BackendServiceFailed(ended.Exception);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }
}
