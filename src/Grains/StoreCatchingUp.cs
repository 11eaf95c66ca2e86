using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains;

/// <summary>Runs the <see cref="StoreCatchUp"/> every two seconds.</summary>
public sealed partial class StoreCatchingUp(StoreCatchUp catchUp, TimeProvider time, ILogger<StoreCatchingUp> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private bool _failing;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!catchUp.IsNeeded) return;
        try
        {
            while (true)
            {
                await LookAsync(stoppingToken);
                await Task.Delay(Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await catchUp.LookAsync(cancellationToken);
            _failing = false;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, the next look tries again; said once until it goes well.
            if (!_failing) LogFault(e);
            _failing = true;
        }
    }

    [LoggerMessage(EventId = 244, Level = LogLevel.Error, Message = "The vector store can't be brought in line with the catalog; it is tried again")]
    private partial void LogFault(Exception exception);
}
