namespace ImageSearch.Client.Http;

/// <summary>Cancels a call that makes no progress for a time. Progress restarts the time.</summary>
internal sealed class ProgressDeadline : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;

    public ProgressDeadline(TimeSpan timeout, TimeProvider time, CancellationToken caller)
    {
        _timeout = timeout;
        _caller = caller;
        _timer = new CancellationTokenSource(timeout, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
    }

    public CancellationToken Token => _linked.Token;

    /// <summary>The caller's own token.</summary>
    public CancellationToken Caller => _caller;

    /// <summary>Whether the time is over, rather than the caller's token cancelled.</summary>
    public bool IsExpired => _timer.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Restart()
    {
        try
        {
            _timer.CancelAfter(_timeout);
        }
        catch (ObjectDisposedException)
        {
            // The answer came before the end of the body, which is still being sent.
        }
    }

    /// <summary>Stops the time while the caller works on what it got.</summary>
    public void Pause() => _timer.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }
}
