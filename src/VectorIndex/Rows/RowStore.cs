using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Graph;

namespace ImageSearch.VectorIndex.Rows;

/// <summary>
/// Rows by id, in moments: each put and remove makes a new one, visible to later views only. A put never writes over a vector that an
/// open view may see, it takes another slot. Writers take turns, for the time of coding and copying two vectors.
/// </summary>
internal sealed unsafe partial class RowStore : IDisposable
{
    private readonly Lock _writing = new();
    private readonly Dictionary<long, int> _rows = [];
    private readonly ViewLeases _leases;
    private readonly BlockTable _blocks;
    private readonly ExactVectors _vectors;
    private readonly SlotPool _slots;
    private readonly int _codeStride;
    private long _moment;
    private int _count;
    private bool _disposed;

    public RowStore(int dimension, ExactVectors vectors)
    {
        _codeStride = RowCode.StrideOf(dimension);
        _vectors = vectors;
        _blocks = new BlockTable(dimension, vectors);
        _leases = new ViewLeases(_blocks.Dispose);
        _slots = new SlotPool(_blocks, _leases);
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>Grows by one with each change.</summary>
    public long Moment => Volatile.Read(ref _moment);

    /// <summary>Memory in use: a block's pages that were never written take none.</summary>
    public long Bytes
    {
        get
        {
            // A dictionary's entry and bucket; what an index has anyhow.
            const long BytesPerRow = 40;
            const long BytesOfNothing = 16_384;
            lock (_writing)
            {
                long used = _slots.UsedCount;
                long inMemory = Math.Min(used, (long)_vectors.BlocksHeld(_blocks.Count) << Block.SlotBits);
                return BytesOfNothing + (used * (_codeStride + sizeof(CodeTerms) + sizeof(Slot)))
                    + (inMemory * _vectors.Stride * sizeof(float))
                    + (_linked ? used * ((GraphShape.BaseLinks * sizeof(uint)) + sizeof(GraphNode)) : 0)
                    + (_rows.Count * BytesPerRow);
            }
        }
    }

    public int? VersionOf(long id)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(NeighborIndex));
            return _rows.TryGetValue(id, out int slot) ? _blocks.SlotAt(slot)->Version : null;
        }
    }

    public List<(long Id, int Version)> List()
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(NeighborIndex));
            var rows = new List<(long, int)>(_rows.Count);
            foreach ((long id, int slot) in _rows)
                rows.Add((id, _blocks.SlotAt(slot)->Version));
            return rows;
        }
    }

    public void Put(long id, int version, ReadOnlySpan<float> whole, ReadOnlySpan<float> mainObject)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(NeighborIndex));
            bool replaces = _rows.TryGetValue(id, out int old);
            if (replaces && _blocks.SlotAt(old)->Version > version)
                return;

            // What can fail, for want of memory or disk, comes before anything that a view could see.
            _slots.Reserve(mainObject.IsEmpty ? 1 : 2, _linked);
            _rows.EnsureCapacity(_rows.Count + 1);
            int first = _slots.Take();
            int second = mainObject.IsEmpty ? Slot.NoTwin : _slots.Take();
            try
            {
                Write(first, whole);
                if (second != Slot.NoTwin)
                    Write(second, mainObject);
            }
            catch
            {
                _slots.Release(first, _moment);
                if (second != Slot.NoTwin)
                    _slots.Release(second, _moment);
                throw;
            }

            long moment = _moment + 1;
            if (replaces)
                Retire(old, moment);
            _rows[id] = first;
            Bear(first, id, version, second, moment);
            if (second != Slot.NoTwin)
                Bear(second, id, version, first, moment);
            Publish(moment);
        }
    }

    /// <summary>False where there was nothing to forget.</summary>
    public bool Remove(long id, int version)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(NeighborIndex));
            if (!_rows.TryGetValue(id, out int old) || _blocks.SlotAt(old)->Version > version)
                return false;

            _rows.Remove(id);
            Retire(old, _moment + 1);
            Publish(_moment + 1);
            return true;
        }
    }

    public RowView OpenView() => _leases.Open();

    /// <summary>A view, and where it has the rows of some ids.</summary>
    public RowView OpenView(ReadOnlySpan<long> ids, List<int> slots)
    {
        // Under the writers' lock, so that slots and moment agree.
        lock (_writing)
        {
            RowView view = _leases.Open();
            foreach (long id in ids)
            {
                if (!_rows.TryGetValue(id, out int slot))
                    continue;
                slots.Add(slot);
                if (_blocks.SlotAt(slot)->Twin is not Slot.NoTwin and int twin)
                    slots.Add(twin);
            }

            return view;
        }
    }

    public void CloseView(in RowView view) => _leases.Release(view);

    public void ThrowIfDisposed()
    {
        lock (_writing)
            ObjectDisposedException.ThrowIf(_disposed, typeof(NeighborIndex));
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _disposed = true;
            _leases.Close();
        }
    }

    private void Write(int slot, ReadOnlySpan<float> vector)
    {
        Block* block = _blocks.Blocks + (slot >> Block.SlotBits);
        int place = slot & Block.SlotMask;
        _vectors.Write(_blocks.Blocks, slot, vector);
        block->Terms[place] = RowCode.Encode(vector, new Span<sbyte>(block->Codes + ((nint)place * _codeStride), _codeStride));
    }

    private void Bear(int slot, long id, int version, int twin, long moment)
    {
        _blocks.SlotAt(slot)->Bear(id, version, twin, moment);
        if (_linked)
            _unlinked = _unlinked.With(slot);
    }

    private void Retire(int first, long moment)
    {
        int second = _blocks.SlotAt(first)->Twin;
        RetireSlot(first, moment);
        if (second != Slot.NoTwin)
            RetireSlot(second, moment);
    }

    private void RetireSlot(int slot, long moment)
    {
        _blocks.SlotAt(slot)->Die(moment);
        if (!_linked)
            _slots.Release(slot, moment);
        else if (_blocks.NodeAt(slot)->IsInGraph)
            _buried.Add(slot);
    }

    private void Publish(long moment)
    {
        Volatile.Write(ref _moment, moment);
        _leases.Publish(new RowView(moment, (nint)_blocks.Blocks, _slots.UsedCount, _rows.Count, _unlinked, 0));
        Volatile.Write(ref _count, _rows.Count);
    }
}
