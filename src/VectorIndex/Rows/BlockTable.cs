using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Memory;

namespace ImageSearch.VectorIndex.Rows;

/// <summary>All blocks of an index. A full table is replaced by a larger copy, so the table of an open view never changes.</summary>
internal sealed unsafe class BlockTable : IDisposable
{
    private readonly Arena _arena = new();
    private readonly int _codeStride;
    private readonly int _sketchStride;
    private readonly ExactVectors _vectors;
    private int _capacity;

    public BlockTable(int dimension, ExactVectors vectors)
    {
        _codeStride = RowCode.StrideOf(dimension);
        _sketchStride = NeighborGraph.SketchStrideOf(dimension);
        _vectors = vectors;
    }

    public Block* Blocks { get; private set; }

    public int Count { get; private set; }

    public Slot* SlotAt(int slot) => Blocks[slot >> Block.SlotBits].Slots + (slot & Block.SlotMask);

    /// <summary>The node of a slot; only with a graph.</summary>
    public GraphNode* NodeAt(int slot) => Blocks[slot >> Block.SlotBits].Nodes + (slot & Block.SlotMask);

    /// <summary>The level 0 links of a slot; only with a graph.</summary>
    public uint* LinksAt(int slot) => Blocks[slot >> Block.SlotBits].Links + ((slot & Block.SlotMask) * GraphShape.BaseLinks);

    public void Add(bool withGraph)
    {
        if (Count == _capacity)
            Grow();

        // If an allocation fails, no block is added; the arena frees the memory of the others.
        var block = default(Block);
        block.Codes = (sbyte*)_arena.Allocate((nuint)Block.SlotCount * (nuint)_codeStride);
        block.Terms = (CodeTerms*)_arena.Allocate((nuint)(Block.SlotCount * sizeof(CodeTerms)));
        block.Slots = (Slot*)_arena.Allocate((nuint)(Block.SlotCount * sizeof(Slot)));
        if (_vectors.IsInMemory(Count))
        {
            block.Vectors = (float*)_arena.Allocate((nuint)Block.SlotCount * (nuint)(_vectors.Stride * sizeof(float)));
        }
        else
        {
            block.Checksums = (uint*)_arena.Allocate(Block.SlotCount * sizeof(uint));
            block.Unverified = (ulong*)_arena.Allocate(Block.SlotCount / 8);
        }

        if (withGraph)
            AllocateLinks(ref block);
        Blocks[Count++] = block;
    }

    /// <summary>Allocates the links of all blocks.</summary>
    public void AddLinks()
    {
        for (int i = 0; i < Count; i++)
        {
            if (Blocks[i].Links == null)
                AllocateLinks(ref Blocks[i]);
        }
    }

    /// <summary>Allocates memory that lives as long as the blocks.</summary>
    public byte* Allocate(nuint bytes) => _arena.Allocate(bytes);

    public void Dispose()
    {
        _arena.Dispose();
        Blocks = null;
        _vectors.Dispose();
    }

    private void AllocateLinks(ref Block block)
    {
        block.Nodes = (GraphNode*)_arena.Allocate((nuint)(Block.SlotCount * sizeof(GraphNode)));
        if (_sketchStride > 0)
            block.Sketches = _arena.Allocate((nuint)Block.SlotCount * (nuint)_sketchStride);
        // Last: a block with links is complete, even if an allocation fails.
        block.Links = (uint*)_arena.Allocate((nuint)(Block.SlotCount * GraphShape.BaseLinks * sizeof(uint)));
    }

    private void Grow()
    {
        int capacity = Math.Max(8, _capacity * 2);
        var blocks = (Block*)_arena.Allocate((nuint)capacity * (nuint)sizeof(Block));
        new ReadOnlySpan<Block>(Blocks, Count).CopyTo(new Span<Block>(blocks, capacity));
        Blocks = blocks;
        _capacity = capacity;
    }
}
