using System.Diagnostics.Metrics;
using System.Threading.Channels;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.Security.Keys;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.Security.Audit;

/// <summary>
/// Records what is done to tables, and administration that is denied. A call does not wait for it: entries are sent to a silo in the
/// background, and again if that fails. Those of the last moments before a process dies are lost, and so is one that finds the queue full.
/// Changes of keys are recorded with the change itself instead.
/// </summary>
internal sealed class AuditTrail : BackgroundService
{
    /// <summary>Maximum number of entries that wait.</summary>
    public const int MaxWaiting = 4096;

    // A key whose calls fail without end must not fill the database: after these, one in a second is recorded.
    private const int MaxFailures = 60;

    private const int MaxPerMessage = 100;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Channel<AuditEntry> _waiting = Channel.CreateBounded<AuditEntry>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<AuditTrail> _logger;
    private readonly bool _isEnabled;
    private readonly KeyRates _failures;
    private readonly Counter<long> _lost;

    /// <param name="grains">Finds the audit's grain.</param>
    /// <param name="token">The audit tells callers apart, so a service without TOKEN has none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="meters">Creates the meter.</param>
    /// <param name="logger">Gets a line when entries can't be sent.</param>
    public AuditTrail(IGrainFactory grains, TokenCheck token, TimeProvider time, IMeterFactory meters, ILogger<AuditTrail> logger)
    {
        (_grains, _time, _logger, _isEnabled, _failures) = (grains, time, logger, token.IsRequired, new KeyRates(time));
        _lost = meters.Create("ImageSearch.Api").CreateCounter<long>("imagesearch.audit.lost", "{entry}", "Entries of the audit that were not recorded.");
    }

    /// <summary>Records a call.</summary>
    /// <param name="context">The request.</param>
    /// <param name="action">What it does.</param>
    /// <param name="target">The table or key that it names.</param>
    /// <param name="failure">Why it failed; null if it succeeded.</param>
    public void Record(HttpContext context, string action, string target, Failure? failure)
    {
        if (!_isEnabled) return;
        if (failure is not null && Caller.Of(context).Key is { } key && _failures.TakeOrWait(key with { CallsPerSecond = 1, Burst = MaxFailures }) is not null)
            _lost.Add(1);
        else if (!_waiting.Writer.TryWrite(EntryOf(context, _time, action, target, failure, null))) _lost.Add(1);
    }

    /// <summary>The entry of a call. The target is cut: it may be a client's text.</summary>
    public static AuditEntry EntryOf(HttpContext context, TimeProvider time, string action, string target, Failure? failure, string? detail) => new(
        WireTime.ToStored(time.GetUtcNow()),
        Caller.Of(context).Name,
        action,
        TargetOf(target),
        context.Connection.RemoteIpAddress?.ToString(),
        Outcome.Of(failure),
        detail);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The loop ends when it has sent what waits.
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } sending) await sending.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var entries = new List<AuditEntry>(MaxPerMessage);
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            entries.Clear();
            while (entries.Count < MaxPerMessage && _waiting.Reader.TryRead(out var entry)) entries.Add(entry);
            await SendAsync([.. entries], stoppingToken);
        }
    }

    private async Task SendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken stoppingToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var reason = await TrySendAsync(entries, stoppingToken);
            if (reason is null) return;
            if (isFirst) _logger.AuditDelayed(reason);
            if (_waiting.Reader.Completion.IsCompleted || stoppingToken.IsCancellationRequested)
            {
                _lost.Add(entries.Count);
                return;
            }

            await Task.Delay(RetryDelay, _time, stoppingToken);
        }
    }

    // Catches everything: an unhandled exception would stop the host.
    private async Task<string?> TrySendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken stoppingToken)
    {
        try
        {
            return (await _grains.GetGrain<IAuditGrain>(IAuditGrain.Key).RecordAsync(entries, stoppingToken)).Failure?.Message;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            return e.Message;
        }
    }

    private static string TargetOf(string text) =>
        string.Concat(text.Where(char.IsAscii).Where(character => !char.IsControl(character)).Take(TableName.MaxLength));
}
