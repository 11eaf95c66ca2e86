using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Indexing;

/// <summary>Runs the <see cref="IndexReconciler"/> every two seconds.</summary>
public sealed partial class IndexReconcilerService(IndexReconciler catchUp, TimeProvider time, ILogger<IndexReconcilerService> logger)
    : PeriodicService(TimeSpan.FromSeconds(2), time)
{
    /// <inheritdoc/>
    protected override bool IsNeeded => catchUp.IsNeeded;

    /// <inheritdoc/>
    protected override Task TurnAsync(CancellationToken cancellationToken) => catchUp.LookAsync(cancellationToken);

    /// <inheritdoc/>
    [LoggerMessage(EventId = 244, Level = LogLevel.Error, Message = "The vector store can't be brought in line with the catalog; it is tried again")]
    protected override partial void LogFault(Exception exception);
}
