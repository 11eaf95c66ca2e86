using Microsoft.Extensions.Hosting;

namespace ImageSearch.Grains.Indexing;

/// <summary>Work that is done again and again while the process runs; a turn that fails is told once until one goes well.</summary>
/// <param name="interval">Between the end of a turn and the next.</param>
/// <param name="time">The clock.</param>
public abstract class PeriodicService(TimeSpan interval, TimeProvider time) : BackgroundService
{
    private bool _failing;

    /// <summary>There is something to do at all.</summary>
    protected abstract bool IsNeeded { get; }

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsNeeded) return;
        try
        {
            while (true)
            {
                await TryAsync(stoppingToken);
                await Task.Delay(interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>One turn.</summary>
    protected abstract Task TurnAsync(CancellationToken cancellationToken);

    /// <summary>A turn failed; the next tries again.</summary>
    protected abstract void LogFault(Exception exception);

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TurnAsync(cancellationToken);
            _failing = false;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: an exception from here would end the whole process.
            if (!_failing) LogFault(e);
            _failing = true;
        }
    }
}
