namespace ImageSearch.Api.V1.Imports;

/// <summary>
/// Tells an import that its list is still being received, also while a client sends slowly. Without it the Idempotency-Key of a list whose
/// receiver has died would stay taken.
/// </summary>
/// <param name="import">The import.</param>
/// <param name="time">Measures the interval.</param>
internal sealed class ReceiverMark(IImportGrain import, TimeProvider time) : IAsyncDisposable
{
    // Some of them may be lost within the minute that the import waits.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Begins to tell.</summary>
    public void Start() => _running = RunAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token)) await TellAsync();
        }
        catch (OperationCanceledException)
        {
            // The list is complete, or broke off.
        }
    }

    private async Task TellAsync()
    {
        try
        {
            await import.KeepReceivingAsync(_stop.Token);
        }
        catch (Exception) when (!_stop.IsCancellationRequested)
        {
            // Catch everything: the silo died, or its version lacks this call. The next mark and each piece tell it as well.
        }
    }
}
