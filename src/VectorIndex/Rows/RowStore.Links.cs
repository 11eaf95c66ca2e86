using ImageSearch.VectorIndex.Graph;

namespace ImageSearch.VectorIndex.Rows;

/// <content>
/// Which slots the graph holds. Each slot in use is owned by one: by the list of those that are not linked yet, by the graph (its node has
/// a height), or by the pool. One caller at a time maintains the graph; it holds a view meanwhile, so that nothing is freed under it.
/// </content>
internal sealed unsafe partial class RowStore
{
    private readonly List<int> _buried = [];
    private UnlinkedSlots _unlinked = UnlinkedSlots.None;
    private bool _linked;

    /// <summary>Slots whose rows are gone and that the graph still leads through.</summary>
    public int BuriedCount
    {
        get
        {
            lock (_writing)
                return _buried.Count;
        }
    }

    /// <summary>Slots that the graph is to take in.</summary>
    public int UnlinkedCount
    {
        get
        {
            lock (_writing)
                return _unlinked.Count;
        }
    }

    /// <summary>From now on every slot is to be linked.</summary>
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
            Publish(_moment);
        }
    }

    /// <summary>The first slots to be linked; those that still hold a row belong to the graph from now on and get a height.</summary>
    /// <param name="most">How many at most.</param>
    /// <returns>The slots, and those among them that need no link.</returns>
    public (int[] Slots, int[] Gone) TakeUnlinked(int most)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(NeighborIndex));
            var slots = _unlinked.Items[..Math.Min(most, _unlinked.Count)];
            var gone = new List<int>();
            var taken = new List<int>(slots.Length);
            foreach (int slot in slots)
                (_blocks.SlotAt(slot)->IsLive ? taken : gone).Add(slot);
            // What can fail, for want of memory, comes before anything has changed hands.
            foreach (int slot in taken)
                GraphNode.Reserve(_blocks, slot);
            foreach (int slot in taken)
                GraphNode.Join(_blocks, slot);
            return ([.. taken], [.. gone]);
        }
    }

    /// <summary>The slots that <see cref="TakeUnlinked"/> gave are linked.</summary>
    public void EndLinking(int linked, int[] gone)
    {
        lock (_writing)
        {
            _unlinked = _unlinked.WithoutFirst(linked + gone.Length);
            Publish(_moment + 1);
            foreach (int slot in gone)
                _slots.Release(slot, _moment);
        }
    }

    /// <summary>Slots without a row that nothing may lead to in future.</summary>
    public int[] TakeBuried()
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(NeighborIndex));
            int[] buried = [.. _buried];
            _buried.Clear();
            return buried;
        }
    }

    /// <summary>Nothing leads to these slots any more; they are used again once no search is left that may have seen a link.</summary>
    public void EndMending(int[] buried)
    {
        lock (_writing)
        {
            Publish(_moment + 1);
            foreach (int slot in buried)
            {
                _blocks.NodeAt(slot)->Leave();
                _slots.Release(slot, _moment);
            }
        }
    }
}
