using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains;

/// <summary>Runs the <see cref="TableFollower"/> a few times a second, and has grains look anew at tables that others dropped.</summary>
public sealed partial class TableFollowing(
    TableFollower follower, IGrainFactory grains, TimeProvider time, ILogger<TableFollowing> logger) : BackgroundService
{
    // Others' writes are to be found within a second; a turn with nothing new is one small query.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private bool _failing;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!follower.IsNeeded) return;
        try
        {
            while (true)
            {
                await Task.Delay(Interval, time, stoppingToken);
                await FollowAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var table in await follower.FollowAsync(cancellationToken))
            {
                // The catalog tells the grain that its table is gone, and the grain lets go of the vectors.
                await grains.GetGrain<IDatasetGrain>(table.Value).CountAsync(cancellationToken);
            }

            _failing = false;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, the next turn tries again; said once until it goes well.
            if (!_failing) LogFault(e);
            _failing = true;
        }
    }

    [LoggerMessage(EventId = 232, Level = LogLevel.Error, Message = "What other processes changed can't be read; it is tried again")]
    private partial void LogFault(Exception exception);
}
