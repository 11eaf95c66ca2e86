using System.Runtime.CompilerServices;

namespace ImageSearch.Grains.Imports;

/// <summary>
/// A concurrency limiter shared by several imports. The next free permit goes to the import that holds the fewest, and within it to the
/// host that holds the fewest. A wait ends only with a permit or with its own token.
/// </summary>
/// <param name="permits">Total number of permits.</param>
/// <param name="maxPerImport">Maximum permits of one import, which leaves some for the next import.</param>
/// <param name="maxPerHost">Maximum permits of one host within an import.</param>
internal sealed class FairShareLimiter(int permits, int maxPerImport, int maxPerHost)
{
    private readonly int _permits = permits;
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private readonly LinkedList<Waiter> _exclusive = [];
    private readonly Dictionary<string, Share> _shares = [];
    private int _free = permits;
    private long _grants;

    /// <summary>Waits for a permit.</summary>
    /// <param name="import">The import.</param>
    /// <param name="host">The host that the permit is used to call; empty if none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lease. Disposing it returns the permit.</returns>
    public Task<IDisposable> AcquireAsync(string import, string host, CancellationToken cancellationToken) =>
        WaitAsync(new Waiter(import, host), _waiters, cancellationToken);

    /// <summary>Waits until all permits are free and acquires them together. No other permit is granted during the wait.</summary>
    public Task<IDisposable> AcquireAllAsync(CancellationToken cancellationToken) => WaitAsync(new Waiter("", ""), _exclusive, cancellationToken);

    private async Task<IDisposable> WaitAsync(Waiter waiter, LinkedList<Waiter> queue, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            queue.AddLast(waiter);
            Grant();
        }

        await using var registration = cancellationToken.Register(() =>
        {
            lock (_lock)
            {
                if (!queue.Remove(waiter)) return;
                Grant(); // A cancelled waiter for all permits no longer blocks the others.
            }

            waiter.Granted.TrySetCanceled(cancellationToken);
        });
        return await waiter.Granted.Task;
    }

    private void Grant()
    {
        while (_free > 0)
        {
            if (_exclusive.First is { } all)
            {
                if (_free < _permits) return;
                _exclusive.Remove(all);
                _free = 0;
                all.Value.Granted.SetResult(new Lease(ReturnAll));
                return;
            }

            if (Next() is not { } next) return;
            _waiters.Remove(next);
            _free--;
            var share = ShareOf(next);
            share.Held++;
            share.Hosts[next.Host] = share.Hosts.GetValueOrDefault(next.Host) + 1;
            share.LastGrant = ++_grants;
            next.Granted.SetResult(new Lease(() => Return(next)));
        }
    }

    private Waiter? Next() => _waiters
        .Where(waiter => ShareOf(waiter).Held < maxPerImport && HeldByHost(waiter) < maxPerHost)
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

            // Keep the time of the last grant while others wait: the order among imports depends on it.
            if (_waiters.Count > 0) return;
            foreach (var (import, each) in _shares.ToArray())
            {
                if (each.Held == 0) _shares.Remove(import);
            }
        }
    }

    private void ReturnAll()
    {
        lock (_lock)
        {
            _free += _permits;
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

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
    }

    private sealed class Lease(Action returnPermits) : IDisposable
    {
        private Action? _return = returnPermits;

        public void Dispose() => Interlocked.Exchange(ref _return, null)?.Invoke();
    }
}
