using ImageSearch.VectorIndex.Graph;

namespace ImageSearch.VectorIndex.Rows;

/// <content>
/// The slots of the graph. Each slot in use has one owner: the list of unlinked slots, the graph (its node has a height) or the pool. Only
/// one caller at a time maintains the graph; the view that it keeps open prevents its slots from being reused.
/// </content>
internal sealed unsafe partial class RowStore
{
    private readonly List<int> _tombstones = [];
    private UnlinkedSlots _unlinked = UnlinkedSlots.None;
    private bool _linked;

    /// <summary>Number of slots of removed rows that are still nodes of the graph.</summary>
    public int TombstoneCount
    {
        get
        {
            lock (_writing)
                return _tombstones.Count;
        }
    }

    /// <summary>Number of slots that are not in the graph yet.</summary>
    public int UnlinkedCount
    {
        get
        {
            lock (_writing)
                return _unlinked.Count;
        }
    }

    /// <summary>Starts tracking unlinked slots; all live slots are unlinked.</summary>
    public void BeginLinking()
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(NeighborIndex));
            if (_linked)
                return;
            _blocks.AddLinks();
            _linked = true;
            var live = new int[Math.Max(_rows.Count, 64)];
            int count = 0;
            for (int slot = 0; slot < _slots.UsedCount; slot++)
            {
                if (!_blocks.SlotAt(slot)->IsLive)
                    continue;
                if (count == live.Length)
                    Array.Resize(ref live, count * 2);
                live[count++] = slot;
            }

            _unlinked = new UnlinkedSlots(live, 0, count);
            Publish(_epoch);
        }
    }

    /// <summary>Takes the first unlinked slots. Those that still have a row become nodes of the graph.</summary>
    /// <param name="max">Maximum number of slots.</param>
    /// <returns>The slots to link, and the slots whose row was removed in the meantime.</returns>
    public (int[] Slots, int[] Dead) TakeUnlinked(int max)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(NeighborIndex));
            var slots = _unlinked.Items[..Math.Min(max, _unlinked.Count)];
            var dead = new List<int>();
            var taken = new List<int>(slots.Length);
            foreach (int slot in slots)
                (_blocks.SlotAt(slot)->IsLive ? taken : dead).Add(slot);
            // Allocate first: after this nothing can fail, so every slot keeps one owner.
            foreach (int slot in taken)
                GraphNode.Reserve(_blocks, slot);
            foreach (int slot in taken)
                GraphNode.Add(_blocks, slot);
            return ([.. taken], [.. dead]);
        }
    }

    /// <summary>Completes <see cref="TakeUnlinked"/> once its slots are linked.</summary>
    public void EndLinking(int linked, int[] dead)
    {
        lock (_writing)
        {
            _unlinked = _unlinked.WithoutFirst(linked + dead.Length);
            Publish(_epoch + 1);
            foreach (int slot in dead)
                _slots.Release(slot, _epoch);
        }
    }

    /// <summary>Starts a new epoch without a change of rows, so that the next snapshot is written.</summary>
    public void MarkChanged()
    {
        lock (_writing)
            Publish(_epoch + 1);
    }

    /// <summary>Takes the tombstones, which the caller then unlinks.</summary>
    public int[] TakeTombstones()
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(NeighborIndex));
            int[] tombstones = [.. _tombstones];
            _tombstones.Clear();
            return tombstones;
        }
    }

    /// <summary>Releases unlinked tombstones. They are reused once no search is running that may have read a link to them.</summary>
    public void EndRepair(int[] tombstones)
    {
        lock (_writing)
        {
            Publish(_epoch + 1);
            foreach (int slot in tombstones)
            {
                _blocks.NodeAt(slot)->Remove();
                _slots.Release(slot, _epoch);
            }
        }
    }
}
