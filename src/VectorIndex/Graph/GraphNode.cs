using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>A slot's place in the graph. All zeros: not in it.</summary>
internal unsafe struct GraphNode
{
    private int _height;
    private int _lock;

    /// <summary>Neighbours on level 1 and above, <see cref="GraphShape.UpperLinks"/> a level.</summary>
    private uint* _tower;

    /// <summary>Linked, or about to be.</summary>
    public readonly bool IsInGraph => _height > 0;

    /// <summary>Levels that the node is on.</summary>
    public readonly int Height => _height;

    public readonly uint* LinksAt(int level) => _tower + ((level - 1) * GraphShape.UpperLinks);

    /// <summary>Makes room for the links of a slot's node.</summary>
    public static void Reserve(BlockTable blocks, int slot)
    {
        GraphNode* node = blocks.NodeAt(slot);
        int upper = GraphShape.HeightOf(slot) - 1;
        if (upper > 0 && node->_tower == null)
            node->_tower = (uint*)blocks.Take((nuint)(upper * GraphShape.UpperLinks * sizeof(uint)));
    }

    /// <summary>Makes a slot's node, for which there is room, one of the graph; it has no neighbours yet.</summary>
    public static void Join(BlockTable blocks, int slot)
    {
        GraphNode* node = blocks.NodeAt(slot);
        int height = GraphShape.HeightOf(slot);
        new Span<uint>(node->_tower, (height - 1) * GraphShape.UpperLinks).Clear();
        new Span<uint>(blocks.LinksAt(slot), GraphShape.BaseLinks).Clear();
        node->_height = height;
    }

    /// <summary>The slot is not the graph's any more.</summary>
    public void Leave() => _height = 0;

    /// <summary>Waits until nobody else changes the node's links: for less than a microsecond.</summary>
    public void Enter()
    {
        var spin = new SpinWait();
        while (Interlocked.CompareExchange(ref _lock, 1, 0) != 0)
            spin.SpinOnce(sleep1Threshold: -1);
    }

    public void Exit() => Volatile.Write(ref _lock, 0);
}
