namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>
/// The writes of this process to a collection in the last seconds. They are searched exactly and merged with the server's results, so that
/// a search sees every acknowledged write although the server's bounded reads lag behind. An entry is evicted when the guarantee timestamp
/// of searches covers it.
/// </summary>
/// <param name="clock">The server's clock.</param>
/// <param name="time">The local clock.</param>
internal sealed class RecentWrites(ServerClock clock, TimeProvider time)
{
    // A failed write stays searchable for as long as a retry usually takes.
    private static readonly TimeSpan FailedRetention = TimeSpan.FromSeconds(60);

    // Bounds the memory during an outage. Rows beyond it are found after they are written again.
    private const int MaxFailed = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, RecentWrite> _entries = [];
    private readonly Queue<(RecentWrite Entry, ulong Timestamp)> _acknowledged = new();
    private readonly Queue<(RecentWrite Entry, long Since)> _failed = new();
    private bool _canEvict;
    private ulong _guarantee;

    /// <summary>The number of rows held.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _entries.Count;
        }
    }

    /// <summary>Starts eviction: the collection is searchable, so the server's results cover older writes.</summary>
    public void AllowEviction()
    {
        lock (_lock) _canEvict = true;
    }

    /// <summary>Adds a write unless a newer version of the row is held.</summary>
    /// <returns>Whether it was added.</returns>
    public bool Write(RecentWrite entry)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(entry.Row.Id, out var held))
            {
                if (held.Row.Version > entry.Row.Version) return false;
                // Deletes win: a removed version is never re-added.
                if (held.Row.Version == entry.Row.Version && held.Vectors is null) return false;
            }

            _entries[entry.Row.Id] = entry;
            return true;
        }
    }

    /// <summary>The current entries of these rows.</summary>
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

    /// <summary>Records that the server has these writes.</summary>
    public void Acknowledge(IEnumerable<RecentWrite> entries, ulong timestamp)
    {
        lock (_lock)
        {
            foreach (var entry in entries)
            {
                entry.Timestamp = timestamp;
                _acknowledged.Enqueue((entry, timestamp));
            }

            // Evicts here too: a table may be written to without being searched.
            Evict(clock.BoundedGuarantee());
        }
    }

    /// <summary>Records that the server may not have these writes.</summary>
    public void Fail(IEnumerable<RecentWrite> entries)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            foreach (var entry in entries) _failed.Enqueue((entry, now));
            while (_failed.Count > MaxFailed) EvictOldestFailed();
        }
    }

    /// <summary>What a search must merge with the server's results.</summary>
    /// <param name="minGuarantee">The lowest guarantee timestamp that the search accepts.</param>
    /// <returns>The guarantee timestamp of the search, 0 for none, and all writes that the server's results may lack.</returns>
    public (ulong Guarantee, RecentWrite[] Entries) Snapshot(ulong minGuarantee)
    {
        lock (_lock)
        {
            Evict(Math.Max(minGuarantee, clock.BoundedGuarantee()));
            while (_failed.TryPeek(out var failed) && time.GetElapsedTime(failed.Since) > FailedRetention) EvictOldestFailed();
            return (_guarantee, _entries.Count == 0 ? [] : [.. _entries.Values]);
        }
    }

    // The guarantee never decreases: evicted writes are missing here for a lower one.
    private void Evict(ulong guarantee)
    {
        if (!_canEvict) return;
        _guarantee = Math.Max(_guarantee, guarantee);
        while (_acknowledged.TryPeek(out var oldest) && oldest.Timestamp <= _guarantee) Remove(_acknowledged.Dequeue().Entry);
    }

    private void EvictOldestFailed()
    {
        var failed = _failed.Dequeue().Entry;
        if (failed.Timestamp == RecentWrite.Unknown) Remove(failed);
    }

    private void Remove(RecentWrite entry)
    {
        if (_entries.TryGetValue(entry.Row.Id, out var held) && ReferenceEquals(held, entry)) _entries.Remove(entry.Row.Id);
    }
}
