using ImageSearch.Storage.Reembedding;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Reembedding;

/// <summary>
/// Resumes changes of models that run according to the catalog: after startup, and when the silo that ran one has died. Also removes vectors
/// that no change needs.
/// </summary>
public sealed class ReembedResumer(IReembedStore reembeds, IGrainFactory grains, TimeProvider time, ILogger<ReembedResumer> logger)
    : PeriodicService(TimeSpan.FromSeconds(5), time)
{
    // Writers wait some milliseconds for each step.
    private const int SweepsPerRun = 20;

    /// <inheritdoc/>
    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var reembed in await reembeds.ListRunningAsync(cancellationToken))
        {
            try
            {
                await grains.GetGrain<ITableReembedGrain>(reembed.Table.Name.Value).ResumeReembedAsync(cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                logger.ReembedDelayed(reembed.Table.Name, e.Message); // The other tables continue.
            }
        }

        for (var i = 0; i < SweepsPerRun && await reembeds.SweepAsync(cancellationToken); i++)
        {
        }
    }

    /// <inheritdoc/>
    protected override void LogFailure(Exception exception) => logger.ReembedsNotResumed(exception);
}
