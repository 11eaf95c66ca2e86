using Microsoft.Extensions.Hosting;

namespace ImageSearch.Grains;

/// <summary>A background service that repeats its work. Of consecutive failures only the first one is logged.</summary>
/// <param name="interval">The time between the end of a run and the start of the next.</param>
/// <param name="time">The clock.</param>
public abstract class PeriodicService(TimeSpan interval, TimeProvider time) : BackgroundService
{
    private bool _isFailing;

    /// <summary>False: the service ends at once, because it has no work in this process. Default: true.</summary>
    protected virtual bool IsEnabled => true;

    /// <summary>The time before the first run. Default: none.</summary>
    protected virtual TimeSpan InitialDelay => TimeSpan.Zero;

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsEnabled) return;
        try
        {
            await Task.Delay(InitialDelay, time, stoppingToken);
            while (true)
            {
                await TryRunAsync(stoppingToken);
                await Task.Delay(interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Does the work once.</summary>
    protected abstract Task RunOnceAsync(CancellationToken cancellationToken);

    /// <summary>Logs that a run failed. The next run tries again.</summary>
    protected abstract void LogFailure(Exception exception);

    private async Task TryRunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunOnceAsync(cancellationToken);
            _isFailing = false;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Catch everything: an unhandled exception would stop the host.
            if (!_isFailing) LogFailure(e);
            _isFailing = true;
        }
    }
}
