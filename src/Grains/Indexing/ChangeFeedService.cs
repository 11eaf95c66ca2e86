using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Indexing;

/// <summary>
/// Polls the <see cref="ChangeFeed"/> five times per second and closes the grains of tables that other processes dropped. Searches find
/// the writes of other processes within a second. A poll without changes is one small query.
/// </summary>
public sealed class ChangeFeedService(ChangeFeed feed, IGrainFactory grains, TimeProvider time, ILogger<ChangeFeedService> logger)
    : PeriodicService(TimeSpan.FromMilliseconds(200), time)
{
    /// <inheritdoc/>
    protected override bool IsEnabled => feed.IsEnabled;

    /// <inheritdoc/>
    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var table in await feed.PollAsync(cancellationToken))
        {
            // Any call does: the grain asks the catalog, finds the table dropped and closes its vectors.
            var counted = await grains.GetGrain<ITableGrain>(table.Value).CountAsync(cancellationToken);
            if (counted.Failure is { Code: FailureCode.Busy } busy) throw new TimeoutException(busy.Message);
        }
    }

    /// <inheritdoc/>
    protected override void LogFailure(Exception exception) => logger.ChangesNotRead(exception);
}
