namespace ImageSearch.Grains.Tables;

/// <summary>
/// Lets calls of one table run side by side, and create, drop and load run alone. First come, first served: an exclusive call that waits
/// holds up the shared ones behind it, so it is never starved.
/// </summary>
internal sealed class TableGate
{
    private readonly Lock _lock = new();
    private readonly Queue<Waiter> _waiters = new();
    private int _shared;
    private bool _exclusive;

    public Task<Pass> EnterSharedAsync(CancellationToken cancellationToken) => EnterAsync(exclusive: false, cancellationToken);

    public Task<Pass> EnterExclusiveAsync(CancellationToken cancellationToken) => EnterAsync(exclusive: true, cancellationToken);

    private Task<Pass> EnterAsync(bool exclusive, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_lock)
        {
            if (_waiters.Count == 0 && TryTake(exclusive)) return Task.FromResult(new Pass(this, exclusive));
            waiter = new Waiter(exclusive);
            _waiters.Enqueue(waiter);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    private async Task<Pass> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (gate, waiter) = ((TableGate, Waiter))state!;
                // A waiter that gave up may stand in front of others that can go in now.
                if (waiter.Entered.TrySetCanceled(token)) gate.LetIn();
            },
            (this, waiter));
        await waiter.Entered.Task;
        return new Pass(this, waiter.Exclusive);
    }

    private void Leave(bool exclusive)
    {
        lock (_lock)
        {
            if (exclusive) _exclusive = false;
            else _shared--;
        }

        LetIn();
    }

    private void LetIn()
    {
        lock (_lock)
        {
            while (_waiters.TryPeek(out var next))
            {
                if (!next.Entered.Task.IsCompleted)
                {
                    if (!TryTake(next.Exclusive)) return;
                    if (!next.Entered.TrySetResult()) GiveBack(next.Exclusive);
                }

                _waiters.Dequeue();
            }
        }
    }

    private bool TryTake(bool exclusive)
    {
        if (_exclusive || (exclusive && _shared > 0)) return false;
        if (exclusive) _exclusive = true;
        else _shared++;
        return true;
    }

    private void GiveBack(bool exclusive)
    {
        if (exclusive) _exclusive = false;
        else _shared--;
    }

    /// <summary>A call's right to be inside; given back by disposing it once.</summary>
    internal readonly struct Pass(TableGate gate, bool exclusive) : IDisposable
    {
        public void Dispose() => gate.Leave(exclusive);
    }

    private sealed class Waiter(bool exclusive)
    {
        public bool Exclusive { get; } = exclusive;

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
