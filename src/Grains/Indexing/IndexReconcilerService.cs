using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Indexing;

/// <summary>Runs the <see cref="IndexReconciler"/> every two seconds.</summary>
public sealed class IndexReconcilerService(IndexReconciler reconciler, TimeProvider time, ILogger<IndexReconcilerService> logger)
    : PeriodicService(TimeSpan.FromSeconds(2), time)
{
    /// <inheritdoc/>
    protected override bool IsEnabled => reconciler.IsEnabled;

    /// <inheritdoc/>
    protected override Task RunOnceAsync(CancellationToken cancellationToken) => reconciler.ReconcileAsync(cancellationToken);

    /// <inheritdoc/>
    protected override void LogFailure(Exception exception) => logger.ReconcilerFailed(exception);
}
