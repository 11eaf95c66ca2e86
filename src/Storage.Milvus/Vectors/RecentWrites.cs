namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>
/// What this process wrote to a collection in the last seconds, searched exactly beside the server's own answer, so that an answered
/// write is seen by the next search although the server's bounded reads lag behind. An entry leaves when a search's guarantee covers it.
/// </summary>
/// <param name="clock">The server's clock.</param>
/// <param name="time">The local clock.</param>
internal sealed class RecentWrites(ServerClock clock, TimeProvider time)
{
    // A write that failed stays searchable for as long as it usually takes until it is written again.
    private static readonly TimeSpan FailedStay = TimeSpan.FromSeconds(60);

    // What an outage may hold here; rows beyond are found once they are written again.
    private const int MaxFailed = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, RecentWrite> _entries = [];
    private readonly Queue<(RecentWrite Entry, ulong Written)> _written = new();
    private readonly Queue<(RecentWrite Entry, long Since)> _failed = new();
    private ulong _guarantee;

    /// <summary>Nothing leaves, for the collection can't be searched yet.</summary>
    public bool KeepsAll { get; private set; } = true;

    /// <summary>Rows that are held.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _entries.Count;
        }
    }

    /// <summary>The collection can be searched: what its answers cover may leave.</summary>
    public void LetGo()
    {
        lock (_lock) KeepsAll = false;
    }

    /// <summary>Takes a write, unless a newer version of the row was written before.</summary>
    /// <returns>Whether it was taken.</returns>
    public bool Write(RecentWrite entry)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(entry.Row.Id, out var held))
            {
                if (held.Row.Version > entry.Row.Version) return false;
                // A row that was removed stays so: its version does not come back.
                if (held.Row.Version == entry.Row.Version && held.Vectors is null) return false;
            }

            _entries[entry.Row.Id] = entry;
            return true;
        }
    }

    /// <summary>The last write of each of these rows; those that were replaced in the meantime come as they are now.</summary>
    public List<RecentWrite> LastOf(IEnumerable<long> ids)
    {
        lock (_lock)
        {
            var entries = new List<RecentWrite>();
            foreach (var id in ids)
            {
                if (_entries.TryGetValue(id, out var entry)) entries.Add(entry);
            }

            return entries;
        }
    }

    /// <summary>The server has these writes.</summary>
    public void Acknowledge(IEnumerable<RecentWrite> entries, ulong written)
    {
        lock (_lock)
        {
            foreach (var entry in entries)
            {
                entry.Written = written;
                _written.Enqueue((entry, written));
            }

            // Here too, for a table that is written to and not searched.
            Cover(clock.BoundedGuarantee());
        }
    }

    /// <summary>The server may not have these writes.</summary>
    public void Fail(IEnumerable<RecentWrite> entries)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            foreach (var entry in entries) _failed.Enqueue((entry, now));
            while (_failed.Count > MaxFailed) ForgetFailed();
        }
    }

    /// <summary>What a search has to see beside the server's answer.</summary>
    /// <param name="least">The moment that the server's answer must cover at the least.</param>
    /// <returns>The moment that the server's answer must cover, 0 for any, and all writes that it may lack.</returns>
    public (ulong Guarantee, RecentWrite[] Entries) Snapshot(ulong least)
    {
        lock (_lock)
        {
            Cover(Math.Max(least, clock.BoundedGuarantee()));
            while (_failed.TryPeek(out var failed) && time.GetElapsedTime(failed.Since) > FailedStay) ForgetFailed();
            return (_guarantee, _entries.Count == 0 ? [] : [.. _entries.Values]);
        }
    }

    // It never goes back: what has left is not here for an earlier one.
    private void Cover(ulong guarantee)
    {
        if (KeepsAll) return;
        _guarantee = Math.Max(_guarantee, guarantee);
        while (_written.TryPeek(out var oldest) && oldest.Written <= _guarantee) Forget(_written.Dequeue().Entry);
    }

    private void ForgetFailed()
    {
        var failed = _failed.Dequeue().Entry;
        if (failed.Written == RecentWrite.Unknown) Forget(failed);
    }

    private void Forget(RecentWrite entry)
    {
        if (_entries.TryGetValue(entry.Row.Id, out var held) && ReferenceEquals(held, entry)) _entries.Remove(entry.Row.Id);
    }
}
