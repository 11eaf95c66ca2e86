using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Graph;

namespace ImageSearch.VectorIndex.Rows;

/// <summary>
/// Rows by id, with multi-version concurrency: each put and remove starts a new epoch, which is visible only to views that are opened
/// later. A put never overwrites a vector that an open view may read; it takes another slot. Writers are serialized by a lock, which is
/// held while two vectors are quantized and copied.
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
    private readonly int _sketchStride;
    private long _epoch;
    private int _count;
    private bool _disposed;

    public RowStore(int dimension, ExactVectors vectors)
    {
        _codeStride = RowCode.StrideOf(dimension);
        _sketchStride = NeighborGraph.SketchStrideOf(dimension);
        _vectors = vectors;
        _blocks = new BlockTable(dimension, vectors);
        _leases = new ViewLeases(_blocks.Dispose);
        _slots = new SlotPool(_blocks, _leases);
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>The current epoch, incremented by each change.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    /// <summary>Bytes of memory in use, without pages of a block that were never written.</summary>
    public long Bytes
    {
        get
        {
            // An entry and a bucket of the dictionary, and the size of an empty index.
            const long BytesPerRow = 40;
            const long BytesWhenEmpty = 16_384;
            lock (_writing)
            {
                long used = _slots.UsedCount;
                long inMemory = Math.Min(used, (long)_vectors.CountInMemory(_blocks.Count) << Block.SlotBits);
                return BytesWhenEmpty + (used * (_codeStride + sizeof(CodeTerms) + sizeof(Slot)))
                    + (inMemory * _vectors.Stride * sizeof(float))
                    + (_linked ? used * ((GraphShape.BaseLinks * sizeof(uint)) + sizeof(GraphNode) + _sketchStride) : 0)
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

    public void Put(long id, int version, ReadOnlySpan<float> vector, ReadOnlySpan<float> secondVector)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(NeighborIndex));
            bool replaces = _rows.TryGetValue(id, out int old);
            if (replaces && _blocks.SlotAt(old)->Version > version)
                return;

            // Allocations and disk writes, which can fail, come before any change that a view can see.
            _slots.Reserve(secondVector.IsEmpty ? 1 : 2, _linked);
            _rows.EnsureCapacity(_rows.Count + 1);
            int first = _slots.Allocate();
            int second = secondVector.IsEmpty ? Slot.NoTwin : _slots.Allocate();
            try
            {
                Write(first, vector);
                if (second != Slot.NoTwin)
                    Write(second, secondVector);
            }
            catch
            {
                _slots.Release(first, _epoch);
                if (second != Slot.NoTwin)
                    _slots.Release(second, _epoch);
                throw;
            }

            long epoch = _epoch + 1;
            if (replaces)
                Retire(old, epoch);
            _rows[id] = first;
            Fill(first, id, version, second, epoch);
            if (second != Slot.NoTwin)
                Fill(second, id, version, first, epoch);
            Publish(epoch);
        }
    }

    /// <summary>Removes a row of this version or an older one; false if there is none.</summary>
    public bool Remove(long id, int version)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(NeighborIndex));
            if (!_rows.TryGetValue(id, out int old) || _blocks.SlotAt(old)->Version > version)
                return false;

            _rows.Remove(id);
            Retire(old, _epoch + 1);
            Publish(_epoch + 1);
            return true;
        }
    }

    public RowView OpenView() => _leases.Open();

    /// <summary>Opens a view and adds the slots of rows with these ids to <paramref name="slots"/>.</summary>
    public RowView OpenView(ReadOnlySpan<long> ids, List<int> slots)
    {
        // The lock ensures that the slots belong to the epoch of the view.
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
        int index = slot & Block.SlotMask;
        _vectors.Write(_blocks.Blocks, slot, vector);
        block->Terms[index] = RowCode.Encode(vector, new Span<sbyte>(block->Codes + ((nint)index * _codeStride), _codeStride));
    }

    private void Fill(int slot, long id, int version, int twin, long epoch)
    {
        _blocks.SlotAt(slot)->Fill(id, version, twin, epoch);
        if (_linked)
            _unlinked = _unlinked.With(slot);
    }

    private void Retire(int first, long epoch)
    {
        int second = _blocks.SlotAt(first)->Twin;
        RetireSlot(first, epoch);
        if (second != Slot.NoTwin)
            RetireSlot(second, epoch);
    }

    private void RetireSlot(int slot, long epoch)
    {
        _blocks.SlotAt(slot)->Delete(epoch);
        if (!_linked)
            _slots.Release(slot, epoch);
        else if (_blocks.NodeAt(slot)->IsInGraph)
            _tombstones.Add(slot);
    }

    private void Publish(long epoch)
    {
        Volatile.Write(ref _epoch, epoch);
        _leases.Publish(new RowView(epoch, (nint)_blocks.Blocks, _slots.UsedCount, _rows.Count, _unlinked, 0));
        Volatile.Write(ref _count, _rows.Count);
    }
}
