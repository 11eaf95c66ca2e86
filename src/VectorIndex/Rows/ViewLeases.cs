namespace ImageSearch.VectorIndex.Rows;

/// <summary>
/// What has been published, and which moments open views look at. Its lock is held for some nanoseconds, never while a vector is read
/// or written, so neither searches nor writers wait for each other's work.
/// </summary>
internal sealed class ViewLeases(Action free)
{
    private const long Free = long.MaxValue;

    private readonly Lock _gate = new();
    private long[] _moments = [Free, Free, Free, Free];
    private int _open;
    private bool _closed;
    private RowView _now = new(0, 0, 0, 0, UnlinkedSlots.None, 0);

    /// <summary>Makes everything written up to now visible to later views, all at once.</summary>
    public void Publish(in RowView view)
    {
        lock (_gate)
            _now = view;
    }

    /// <summary>The oldest moment that an open view looks at or a later one may look at.</summary>
    public long OldestMoment()
    {
        lock (_gate)
        {
            long oldest = _now.Moment;
            foreach (long moment in _moments)
                oldest = Math.Min(oldest, moment);
            return oldest;
        }
    }

    public RowView Open()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(NeighborIndex));
            int lease = Array.IndexOf(_moments, Free);
            if (lease < 0)
            {
                lease = _moments.Length;
                Array.Resize(ref _moments, lease * 2);
                Array.Fill(_moments, Free, lease, lease);
            }

            _moments[lease] = _now.Moment;
            _open++;
            return _now with { Lease = lease };
        }
    }

    public void Release(in RowView view)
    {
        lock (_gate)
        {
            _moments[view.Lease] = Free;
            _open--;
            FreeWhenUnused();
        }
    }

    /// <summary>Refuses later views; the memory is freed now or when the last open view is released.</summary>
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
            free();
    }
}
