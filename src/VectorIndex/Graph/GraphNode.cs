using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>The node of a slot. All zeros: the slot is not in the graph.</summary>
internal unsafe struct GraphNode
{
    private int _height;
    private int _lock;

    /// <summary>Links on level 1 and above, <see cref="GraphShape.UpperLinks"/> per level.</summary>
    private uint* _tower;

    /// <summary>Linked, or about to be.</summary>
    public readonly bool IsInGraph => _height > 0;

    /// <summary>Number of levels that the node is on.</summary>
    public readonly int Height => _height;

    public readonly uint* LinksAt(int level) => _tower + ((level - 1) * GraphShape.UpperLinks);

    /// <summary>Allocates the upper links of a slot's node.</summary>
    public static void Reserve(BlockTable blocks, int slot)
    {
        GraphNode* node = blocks.NodeAt(slot);
        int upper = GraphShape.HeightOf(slot) - 1;
        if (upper > 0 && node->_tower == null)
            node->_tower = (uint*)blocks.Allocate((nuint)(upper * GraphShape.UpperLinks * sizeof(uint)));
    }

    /// <summary>Adds a slot's node, whose links are allocated, to the graph without neighbours.</summary>
    public static void Add(BlockTable blocks, int slot)
    {
        GraphNode* node = blocks.NodeAt(slot);
        int height = GraphShape.HeightOf(slot);
        new Span<uint>(node->_tower, (height - 1) * GraphShape.UpperLinks).Clear();
        new Span<uint>(blocks.LinksAt(slot), GraphShape.BaseLinks).Clear();
        node->_height = height;
    }

    /// <summary>Takes the node out of the graph; its memory stays allocated for the slot's next row.</summary>
    public void Remove() => _height = 0;

    /// <summary>Acquires the spin lock of the node's links, which is held for less than a microsecond.</summary>
    public void Lock()
    {
        var spin = new SpinWait();
        while (Interlocked.CompareExchange(ref _lock, 1, 0) != 0)
            spin.SpinOnce(sleep1Threshold: -1);
    }

    public void Unlock() => Volatile.Write(ref _lock, 0);
}
