namespace ImageSearch.Grains.Tables;

/// <summary>
/// An asynchronous reader-writer lock for the calls of one table: create, drop and load are exclusive, the others are shared. It is fair: a
/// waiting exclusive call blocks the shared calls behind it, so it never starves.
/// </summary>
internal sealed class TableGate
{
    private readonly Lock _lock = new();
    private readonly Queue<Waiter> _waiters = new();
    private int _shared;
    private bool _exclusive;

    public Task<Releaser> EnterSharedAsync(CancellationToken cancellationToken) => EnterAsync(exclusive: false, cancellationToken);

    public Task<Releaser> EnterExclusiveAsync(CancellationToken cancellationToken) => EnterAsync(exclusive: true, cancellationToken);

    private Task<Releaser> EnterAsync(bool exclusive, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_lock)
        {
            if (_waiters.Count == 0 && TryEnter(exclusive)) return Task.FromResult(new Releaser(this, exclusive));
            waiter = new Waiter(exclusive);
            _waiters.Enqueue(waiter);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    private async Task<Releaser> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (gate, waiter) = ((TableGate, Waiter))state!;
                // A cancelled waiter may have blocked others that can enter at once.
                if (waiter.Entered.TrySetCanceled(token)) gate.AdmitWaiters();
            },
            (this, waiter));
        await waiter.Entered.Task;
        return new Releaser(this, waiter.Exclusive);
    }

    private void Release(bool exclusive)
    {
        lock (_lock) Exit(exclusive);
        AdmitWaiters();
    }

    private void AdmitWaiters()
    {
        lock (_lock)
        {
            while (_waiters.TryPeek(out var next))
            {
                if (!next.Entered.Task.IsCompleted)
                {
                    if (!TryEnter(next.Exclusive)) return;
                    if (!next.Entered.TrySetResult()) Exit(next.Exclusive);
                }

                _waiters.Dequeue();
            }
        }
    }

    private bool TryEnter(bool exclusive)
    {
        if (_exclusive || (exclusive && _shared > 0)) return false;
        if (exclusive) _exclusive = true;
        else _shared++;
        return true;
    }

    private void Exit(bool exclusive)
    {
        if (exclusive) _exclusive = false;
        else _shared--;
    }

    /// <summary>Leaves the gate when it is disposed. Must be disposed once.</summary>
    internal readonly struct Releaser(TableGate gate, bool exclusive) : IDisposable
    {
        public void Dispose() => gate.Release(exclusive);
    }

    private sealed class Waiter(bool exclusive)
    {
        public bool Exclusive { get; } = exclusive;

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
