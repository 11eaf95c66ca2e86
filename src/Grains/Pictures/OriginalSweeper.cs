using ImageSearch.Storage.Originals;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Pictures;

/// <summary>
/// Deletes the objects of originals that no row refers to, once a day. Each process of a cluster does it at a time of its own: deleting an
/// object twice does no harm.
/// </summary>
/// <param name="sweep">The sweep.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">For failures.</param>
public sealed class OriginalSweeper(OriginalSweep sweep, TimeProvider time, ILogger<OriginalSweeper> logger)
    : PeriodicService(Interval, time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(24);

    /// <inheritdoc/>
    protected override bool IsEnabled => sweep.HasStore;

    /// <inheritdoc/>
    protected override TimeSpan InitialDelay { get; } = Interval * Random.Shared.NextDouble();

    /// <inheritdoc/>
    protected override Task RunOnceAsync(CancellationToken cancellationToken) => sweep.RunAsync(cancellationToken);

    /// <inheritdoc/>
    protected override void LogFailure(Exception exception) => logger.OriginalsNotSwept(exception);
}
