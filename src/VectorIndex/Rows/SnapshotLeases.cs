namespace ImageSearch.VectorIndex;

/// <summary>
/// What has been published, and which moments open snapshots look at. Its lock is held for some nanoseconds, never while a vector is read
/// or written, so neither searches nor writers wait for each other's work.
/// </summary>
internal sealed class SnapshotLeases
{
    private const long Free = long.MaxValue;

    private readonly Lock _gate = new();
    private long[] _moments = [Free, Free, Free, Free];
    private int _open;
    private bool _closed;
    private long _now;
    private VectorBlock[] _blocks = [];
    private int _slotCount;

    /// <summary>Makes everything written up to now visible to later snapshots, all at once.</summary>
    public void Publish(long moment, VectorBlock[] blocks, int slotCount)
    {
        lock (_gate)
        {
            _now = moment;
            _blocks = blocks;
            _slotCount = slotCount;
        }
    }

    /// <summary>The oldest moment that an open snapshot looks at or a later one may look at.</summary>
    public long OldestMoment()
    {
        lock (_gate)
            return Math.Min(_now, _moments.Min());
    }

    public Snapshot Open()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(FlatIndex));
            int lease = Array.IndexOf(_moments, Free);
            if (lease < 0)
            {
                lease = _moments.Length;
                Array.Resize(ref _moments, lease * 2);
                Array.Fill(_moments, Free, lease, lease);
            }

            _moments[lease] = _now;
            _open++;
            return new Snapshot(_now, _blocks, _slotCount, lease);
        }
    }

    public void Release(in Snapshot snapshot)
    {
        lock (_gate)
        {
            _moments[snapshot.Lease] = Free;
            _open--;
            FreeBlocksWhenUnused();
        }
    }

    /// <summary>Refuses later snapshots; the blocks are freed now or when the last open snapshot is released.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            FreeBlocksWhenUnused();
        }
    }

    private void FreeBlocksWhenUnused()
    {
        if (!_closed || _open > 0)
            return;
        foreach (VectorBlock? block in _blocks)
            block?.Dispose();
        _blocks = [];
    }
}
