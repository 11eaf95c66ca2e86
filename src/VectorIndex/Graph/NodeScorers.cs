using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>Scores the nodes of a graph by a query. The implementations are structs: the JIT compiler inlines them into the search.</summary>
internal interface INodeScorer
{
    void Prefetch(int slot);

    float Score(int slot);
}

/// <summary>Scores nodes by their codes.</summary>
internal readonly unsafe struct CodeScorer(Block* blocks, QueryCode query, int stride) : INodeScorer
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot)
    {
        Block* block = blocks + (slot >> Block.SlotBits);
        int index = slot & Block.SlotMask;
        CacheLines.Prefetch((byte*)(block->Terms + index), sizeof(CodeTerms));
        CacheLines.Prefetch((byte*)(block->Codes + ((nint)index * stride)), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Score(int slot)
    {
        Block* block = blocks + (slot >> Block.SlotBits);
        int index = slot & Block.SlotMask;
        return query.Score(block->Codes + ((nint)index * stride), block->Terms[index]);
    }
}

/// <summary>Estimates the scores of nodes by their sketches.</summary>
internal readonly unsafe struct SketchScorer(Block* blocks, SketchQuery query, int stride) : INodeScorer
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => CacheLines.Prefetch(SketchAt(slot), stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Score(int slot) => query.Estimate(SketchAt(slot));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* SketchAt(int slot) => blocks[slot >> Block.SlotBits].Sketches + ((nint)(slot & Block.SlotMask) * stride);
}

internal static unsafe class CacheLines
{
    private const int Size = 64;

    /// <summary>Starts loading memory into the cache, if the processor can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(byte* start, int bytes)
    {
        if (!Sse.IsSupported)
            return;
        for (int i = 0; i < bytes; i += Size)
            Sse.Prefetch0(start + i);
    }
}
