using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Backups;

/// <summary>A backup that this process writes or has tried to.</summary>
internal sealed class BackupRun(BackupName name, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly TaskCompletionSource<BackupStatus> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = time.GetTimestamp();
    private Task _cancelling = Task.CompletedTask;

    public BackupName Name { get; } = name;

    public DateTimeOffset Began { get; } = time.GetUtcNow();

    public BackupProgress Progress { get; } = new();

    /// <summary>Cancelled by a client.</summary>
    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>Its last status, once it has ended.</summary>
    public Task<BackupStatus> Ended => _ended.Task;

    /// <summary>Its status while it runs.</summary>
    public BackupStatus Status()
    {
        var (work, total) = (Progress.Work, Progress.TotalWork);
        var seconds = time.GetElapsedTime(_started).TotalSeconds;
        double? rate = seconds > 0 && work > 0 ? Math.Round(work / seconds) : null;
        return Of(BackupState.Running, null) with
        {
            BytesPerSecond = rate,
            SecondsLeft = rate is > 0 ? Math.Ceiling(Math.Max(0, total - work) / rate.Value) : null,
        };
    }

    /// <summary>Cancels it. Only while it runs.</summary>
    public void Cancel() => _cancelling = _cancel.CancelAsync();

    /// <summary>Ends it.</summary>
    /// <param name="state">Its last state.</param>
    /// <param name="manifest">What was written; null unless it has finished.</param>
    /// <param name="fault">Why it failed.</param>
    public BackupStatus End(BackupState state, BackupManifest? manifest, string? fault)
    {
        var status = manifest is null
            ? Of(state, fault) with { Ended = CatalogTime.Text(time) }
            : FinishedBackup.StatusOf(Name, manifest);
        _ended.TrySetResult(status);
        return status;
    }

    public async ValueTask DisposeAsync()
    {
        await _cancelling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _cancel.Dispose();
    }

    private BackupStatus Of(BackupState state, string? fault) => new(
        Name, state, CatalogTime.Text(Began), null, Progress.Bytes, Math.Max(Progress.Bytes, Progress.TotalBytes), null, null, fault);
}
