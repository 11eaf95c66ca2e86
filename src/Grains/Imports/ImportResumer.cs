using ImageSearch.Storage.Imports;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Imports;

/// <summary>
/// Resumes imports that are running according to the catalog: after startup, and when the silo that ran one has died. Also removes imports
/// whose retention has passed.
/// </summary>
public sealed class ImportResumer(
    IImportStore imports, IGrainFactory grains, ImportOptions options, TimeProvider time, ILogger<ImportResumer> logger)
    : PeriodicService(TimeSpan.FromSeconds(5), time)
{
    private const int MaxRunning = 1000;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);
    private readonly TimeProvider _time = time;
    private long? _swept;

    /// <inheritdoc/>
    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var import in await imports.ListImportsAsync(ImportState.Running, MaxRunning, cancellationToken))
        {
            try
            {
                var started = await grains.GetGrain<IImportGrain>(import.Import.Id).StartAsync(cancellationToken);
                if (started.Failure is { Code: FailureCode.Busy } busy) logger.ImportNotResumed(import.Import.Id, busy.Message);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                logger.ImportNotResumed(import.Import.Id, e.Message); // The other imports continue.
            }
        }

        if (_swept is { } swept && _time.GetElapsedTime(swept) < SweepInterval) return;
        var now = _time.GetUtcNow();
        await imports.SweepImportsAsync(now - options.Retention, now - options.ReceiveTimeout, cancellationToken);
        _swept = _time.GetTimestamp();
    }

    /// <inheritdoc/>
    protected override void LogFailure(Exception exception) => logger.ImportsNotResumed(exception);
}
