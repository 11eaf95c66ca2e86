namespace ImageSearch.Grains.Imports;

/// <summary>
/// Places for which several imports wait: the next free one goes to the import that holds the fewest, and among its waiters to the host
/// that does. No wait is ended by it but by a place or by the waiter's own token.
/// </summary>
/// <param name="count">All places.</param>
/// <param name="mostEach">The most that one import holds, so that another begins at once.</param>
/// <param name="mostHost">The most that one host holds within an import.</param>
internal sealed class FairPlaces(int count, int mostEach, int mostHost)
{
    private readonly int _count = count;
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private readonly LinkedList<Waiter> _exclusive = [];
    private readonly Dictionary<string, Share> _shares = [];
    private int _free = count;
    private long _grants;

    /// <summary>Waits for a place.</summary>
    /// <param name="import">The import.</param>
    /// <param name="host">Whom it is used to wait for; empty where nobody.</param>
    /// <param name="waiting">Ends the wait.</param>
    /// <returns>The place, given back by disposing of it.</returns>
    public Task<IDisposable> TakeAsync(string import, string host, CancellationToken waiting) => WaitAsync(new Waiter(import, host), _waiters, waiting);

    /// <summary>Waits until nobody holds a place and takes all of them; nobody gets one meanwhile.</summary>
    public Task<IDisposable> TakeAllAsync(CancellationToken waiting) => WaitAsync(new Waiter("", ""), _exclusive, waiting);

    private async Task<IDisposable> WaitAsync(Waiter waiter, LinkedList<Waiter> queue, CancellationToken waiting)
    {
        waiting.ThrowIfCancellationRequested();
        lock (_lock)
        {
            queue.AddLast(waiter);
            Grant();
        }

        await using var registration = waiting.Register(() =>
        {
            lock (_lock)
            {
                if (!queue.Remove(waiter)) return;
                Grant(); // It may have been one for all places, which others stood behind.
            }

            waiter.Granted.TrySetCanceled(waiting);
        });
        return await waiter.Granted.Task;
    }

    private void Grant()
    {
        while (_free > 0)
        {
            if (_exclusive.First is { } all)
            {
                if (_free < _count) return;
                _exclusive.Remove(all);
                _free = 0;
                all.Value.Granted.SetResult(new Place(() => Return(_count)));
                return;
            }

            if (Next() is not { } next) return;
            _waiters.Remove(next);
            _free--;
            var share = ShareOf(next);
            share.Held++;
            share.Hosts[next.Host] = share.Hosts.GetValueOrDefault(next.Host) + 1;
            share.LastGrant = ++_grants;
            next.Granted.SetResult(new Place(() => Return(next)));
        }
    }

    private Waiter? Next() => _waiters
        .Where(waiter => ShareOf(waiter).Held < mostEach && HeldByHost(waiter) < mostHost)
        .MinBy(waiter => (ShareOf(waiter).Held, ShareOf(waiter).LastGrant, HeldByHost(waiter)));

    private int HeldByHost(Waiter waiter) => ShareOf(waiter).Hosts.GetValueOrDefault(waiter.Host);

    private Share ShareOf(Waiter waiter)
    {
        if (!_shares.TryGetValue(waiter.Import, out var share)) _shares[waiter.Import] = share = new Share();
        return share;
    }

    private void Return(Waiter waiter)
    {
        lock (_lock)
        {
            var share = ShareOf(waiter);
            share.Held--;
            if (--share.Hosts[waiter.Host] == 0) share.Hosts.Remove(waiter.Host);
            _free++;
            Grant();

            // While others wait, an import's turn is remembered.
            if (_waiters.Count > 0) return;
            foreach (var (import, each) in _shares.ToArray())
            {
                if (each.Held == 0) _shares.Remove(import);
            }
        }
    }

    private void Return(int all)
    {
        lock (_lock)
        {
            _free += all;
            Grant();
        }
    }

    private sealed class Share
    {
        public int Held { get; set; }

        public long LastGrant { get; set; }

        public Dictionary<string, int> Hosts { get; } = [];
    }

    private sealed record Waiter(string Import, string Host)
    {
        public TaskCompletionSource<IDisposable> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Equals(Waiter? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }

    private sealed class Place(Action giveBack) : IDisposable
    {
        private Action? _giveBack = giveBack;

        public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
    }
}
