using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Indexing;

/// <summary>
/// Runs the <see cref="ChangeFeed"/> a few times a second, and has grains look anew at tables that others dropped. Others' writes are
/// to be found within a second; a turn with nothing new is one small query.
/// </summary>
public sealed partial class ChangeFeedService(
    ChangeFeed follower, IGrainFactory grains, TimeProvider time, ILogger<ChangeFeedService> logger)
    : PeriodicService(TimeSpan.FromMilliseconds(200), time)
{
    /// <inheritdoc/>
    protected override bool IsNeeded => follower.IsNeeded;

    /// <inheritdoc/>
    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        foreach (var table in await follower.FollowAsync(cancellationToken))
        {
            // The catalog tells the grain that its table is gone, and the grain lets go of the vectors.
            await grains.GetGrain<ITableGrain>(table.Value).CountAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    [LoggerMessage(EventId = 232, Level = LogLevel.Error, Message = "What other processes changed can't be read; it is tried again")]
    protected override partial void LogFault(Exception exception);
}
