using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Memory;

namespace ImageSearch.VectorIndex.Rows;

/// <summary>All blocks of an index. A table of blocks that is full is replaced, so that a view's table stays as it is.</summary>
internal sealed unsafe class BlockTable : IDisposable
{
    private readonly Arena _arena = new();
    private readonly int _codeStride;
    private readonly ExactVectors _vectors;
    private int _room;

    public BlockTable(int dimension, ExactVectors vectors)
    {
        _codeStride = RowCode.StrideOf(dimension);
        _vectors = vectors;
    }

    public Block* Blocks { get; private set; }

    public int Count { get; private set; }

    public Slot* SlotAt(int slot) => Blocks[slot >> Block.SlotBits].Slots + (slot & Block.SlotMask);

    /// <summary>A slot's node, where there is a graph.</summary>
    public GraphNode* NodeAt(int slot) => Blocks[slot >> Block.SlotBits].Nodes + (slot & Block.SlotMask);

    /// <summary>A slot's links on the lowest level, where there is a graph.</summary>
    public uint* LinksAt(int slot) => Blocks[slot >> Block.SlotBits].Links + ((slot & Block.SlotMask) * GraphShape.BaseLinks);

    public void Add(bool withGraph)
    {
        if (Count == _room)
            Grow();

        // What fails here leaves memory that is freed with the rest, and no block.
        var block = default(Block);
        block.Codes = (sbyte*)_arena.Take((nuint)Block.SlotCount * (nuint)_codeStride);
        block.Terms = (CodeTerms*)_arena.Take((nuint)(Block.SlotCount * sizeof(CodeTerms)));
        block.Slots = (Slot*)_arena.Take((nuint)(Block.SlotCount * sizeof(Slot)));
        if (_vectors.IsInMemory(Count))
        {
            block.Vectors = (float*)_arena.Take((nuint)Block.SlotCount * (nuint)(_vectors.Stride * sizeof(float)));
        }
        else
        {
            block.Checksums = (uint*)_arena.Take(Block.SlotCount * sizeof(uint));
            block.Doubtful = (ulong*)_arena.Take(Block.SlotCount / 8);
        }

        if (withGraph)
            TakeLinks(ref block);
        Blocks[Count++] = block;
    }

    /// <summary>Gives all blocks room for links.</summary>
    public void AddLinks()
    {
        for (int i = 0; i < Count; i++)
        {
            if (Blocks[i].Links == null)
                TakeLinks(ref Blocks[i]);
        }
    }

    /// <summary>More memory that lives as long as the blocks.</summary>
    public byte* Take(nuint bytes) => _arena.Take(bytes);

    public void Dispose()
    {
        _arena.Dispose();
        Blocks = null;
        _vectors.Dispose();
    }

    private void TakeLinks(ref Block block)
    {
        block.Nodes = (GraphNode*)_arena.Take((nuint)(Block.SlotCount * sizeof(GraphNode)));
        block.Links = (uint*)_arena.Take((nuint)(Block.SlotCount * GraphShape.BaseLinks * sizeof(uint)));
    }

    private void Grow()
    {
        int room = Math.Max(8, _room * 2);
        var blocks = (Block*)_arena.Take((nuint)room * (nuint)sizeof(Block));
        new ReadOnlySpan<Block>(Blocks, Count).CopyTo(new Span<Block>(blocks, room));
        Blocks = blocks;
        _room = room;
    }
}
