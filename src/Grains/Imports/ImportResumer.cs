using ImageSearch.Grains.Indexing;
using ImageSearch.Storage.Imports;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Imports;

/// <summary>
/// Sees to it that imports go on that the catalog says are running: after a start, and when the silo that ran one has died. Also removes
/// those that ended long ago.
/// </summary>
public sealed partial class ImportResumer(
    IImportStore imports, IGrainFactory grains, ImportOptions options, TimeProvider time, ILogger<ImportResumer> logger)
    : PeriodicService(TimeSpan.FromSeconds(5), time)
{
    private const int MaxRunning = 1000;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);
    private readonly TimeProvider _time = time;
    private long? _swept;

    /// <inheritdoc/>
    protected override bool IsNeeded => true;

    /// <inheritdoc/>
    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        foreach (var import in await imports.ListImportsAsync(ImportState.Running, MaxRunning, cancellationToken))
        {
            try
            {
                await grains.GetGrain<IImportGrain>(import.Import.Id).StartAsync(cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotStarted(import.Import.Id, e.Message); // The others go on.
            }
        }

        if (_swept is { } swept && _time.GetElapsedTime(swept) < SweepEvery) return;
        var now = _time.GetUtcNow();
        await imports.SweepImportsAsync(now - options.Kept, now - options.Receiving, cancellationToken);
        _swept = _time.GetTimestamp();
    }

    [LoggerMessage(EventId = 255, Level = LogLevel.Warning, Message = "Import {Import} can't be followed; it is tried again: {Reason}")]
    private partial void LogNotStarted(string import, string reason);

    /// <inheritdoc/>
    [LoggerMessage(EventId = 254, Level = LogLevel.Warning, Message = "Imports can't be followed; it is tried again")]
    protected override partial void LogFault(Exception exception);
}
