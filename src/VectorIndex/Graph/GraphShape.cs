using System.Numerics;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>
/// Constants of the HNSW graph (Malkov and Yashunin, arXiv 1603.09320, where they are called M, M_max0 and efConstruction). The snapshot
/// format depends on <see cref="BaseLinks"/>, <see cref="UpperLinks"/>, <see cref="MaxHeight"/> and <see cref="HeightOf"/>.
/// </summary>
internal static class GraphShape
{
    /// <summary>
    /// Maximum number of links on level 0: three cache lines. 32 links find 97.4 % of 100,000 × 1,280 in the time in which 48 find 98.2 %.
    /// </summary>
    public const int BaseLinks = 48;

    /// <summary>Maximum number of links on each level above: one cache line. One node in 16 reaches the next level.</summary>
    public const int UpperLinks = 16;

    public const int MaxHeight = 8;

    /// <summary>Number of levels of a slot's node. It depends only on the slot, so a reused slot keeps its memory for links.</summary>
    public static int HeightOf(int slot)
    {
        ulong hash = ((ulong)(uint)slot + 1) * 0x9E3779B97F4A7C15;
        hash ^= hash >> 29;
        hash *= 0xBF58476D1CE4E5B9;
        hash ^= hash >> 32;
        return Math.Min(1 + (BitOperations.TrailingZeroCount(hash) / BitOperations.Log2(UpperLinks)), MaxHeight);
    }

    /// <summary>Beam width of an insertion (efConstruction): the neighbours of a new node are selected from as many candidates.</summary>
    public const int BuildBeamWidth = 128;

    /// <summary>Links of a new node on level 0; the rest of <see cref="BaseLinks"/> is reserved for links back.</summary>
    public const int InitialLinks = 32;
}
