using ImageSearch.Storage.Keys;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Keys;

/// <summary>Deletes entries of the audit whose retention has passed.</summary>
public sealed class AuditSweeper(IKeyStore keys, AuditOptions options, TimeProvider time, ILogger<AuditSweeper> logger)
    : PeriodicService(TimeSpan.FromHours(1), time)
{
    private readonly TimeProvider _time = time;

    /// <inheritdoc/>
    protected override Task RunOnceAsync(CancellationToken cancellationToken) =>
        keys.SweepAuditAsync(_time.GetUtcNow() - options.Retention, cancellationToken);

    /// <inheritdoc/>
    protected override void LogFailure(Exception exception) => logger.AuditNotSwept(exception);
}
