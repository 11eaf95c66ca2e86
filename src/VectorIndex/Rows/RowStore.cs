using System.Runtime.InteropServices;

namespace ImageSearch.VectorIndex;

/// <summary>
/// Rows by id, in moments: each put and remove makes a new one, visible to later snapshots only. A put never writes over a vector that an
/// open snapshot may see, it takes another slot. Writers take turns, for the time of copying two vectors.
/// </summary>
internal sealed class RowStore : IDisposable
{
    private readonly Lock _writing = new();
    private readonly Dictionary<long, Row> _rows = [];
    private readonly SnapshotLeases _leases = new();
    private readonly SlotPool _slots;
    private long _moment;
    private int _count;
    private bool _disposed;

    public RowStore(int dimension) => _slots = new SlotPool(dimension, _leases);

    public int Count => Volatile.Read(ref _count);

    public void Put(long id, int version, ReadOnlySpan<float> whole, ReadOnlySpan<float> mainObject)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(FlatIndex));
            if (_rows.TryGetValue(id, out Row old) && old.Version > version)
                return;

            _slots.Reserve(mainObject.IsEmpty ? 1 : 2);
            ref Row row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, id, out bool replaces);
            long moment = _moment + 1;
            if (replaces)
                Retire(old, moment);

            int first = _slots.Take();
            int second = mainObject.IsEmpty ? Slot.NoTwin : _slots.Take();
            row = new Row(version, first, second);
            Store(first, second, whole);
            if (second != Slot.NoTwin)
                Store(second, first, mainObject);
            Publish(moment);

            void Store(int slot, int twin, ReadOnlySpan<float> vector)
            {
                _slots.Write(slot, vector);
                _slots.SlotAt(slot).Bear(id, version, twin, moment);
            }
        }
    }

    public void Remove(long id, int version)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(FlatIndex));
            if (!_rows.TryGetValue(id, out Row old) || old.Version > version)
                return;

            _rows.Remove(id);
            Retire(old, _moment + 1);
            Publish(_moment + 1);
        }
    }

    public Snapshot OpenSnapshot() => _leases.Open();

    public void CloseSnapshot(in Snapshot snapshot) => _leases.Release(snapshot);

    public void Dispose()
    {
        lock (_writing)
        {
            _disposed = true;
            _leases.Close();
        }
    }

    private void Retire(Row row, long moment)
    {
        _slots.Retire(row.First, moment);
        if (row.Second != Slot.NoTwin)
            _slots.Retire(row.Second, moment);
    }

    private void Publish(long moment)
    {
        _moment = moment;
        _leases.Publish(moment, _slots.Blocks, _slots.UsedCount);
        Volatile.Write(ref _count, _rows.Count);
    }

    private readonly record struct Row(int Version, int First, int Second);
}
