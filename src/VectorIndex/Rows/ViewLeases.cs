namespace ImageSearch.VectorIndex.Rows;

/// <summary>
/// The current view, and the epochs of open views, which protect slots from being reused. The lock is held for nanoseconds, never while a
/// vector is read or written, so searches and writers do not block each other.
/// </summary>
internal sealed class ViewLeases(Action freeMemory)
{
    private const long Unused = long.MaxValue;

    private readonly Lock _gate = new();
    private long[] _epochs = [Unused, Unused, Unused, Unused];
    private int _open;
    private bool _closed;
    private RowView _current = new(0, 0, 0, 0, UnlinkedSlots.None, 0);

    /// <summary>Makes all changes so far visible to views that are opened later, atomically.</summary>
    public void Publish(in RowView view)
    {
        lock (_gate)
            _current = view;
    }

    /// <summary>The oldest epoch that an open view or a later one can see.</summary>
    public long OldestEpoch()
    {
        lock (_gate)
        {
            long oldest = _current.Epoch;
            foreach (long epoch in _epochs)
                oldest = Math.Min(oldest, epoch);
            return oldest;
        }
    }

    public RowView Open()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(NeighborIndex));
            int lease = Array.IndexOf(_epochs, Unused);
            if (lease < 0)
            {
                lease = _epochs.Length;
                Array.Resize(ref _epochs, lease * 2);
                Array.Fill(_epochs, Unused, lease, lease);
            }

            _epochs[lease] = _current.Epoch;
            _open++;
            return _current with { Lease = lease };
        }
    }

    public void Release(in RowView view)
    {
        lock (_gate)
        {
            _epochs[view.Lease] = Unused;
            _open--;
            FreeWhenUnused();
        }
    }

    /// <summary>Rejects new views. The memory is freed as soon as no view is open.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
            FreeWhenUnused();
        }
    }

    private void FreeWhenUnused()
    {
        if (_closed && _open == 0)
            freeMemory();
    }
}
