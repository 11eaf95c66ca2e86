using System.Numerics;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>
/// The graph's constants, of Malkov and Yashunin's hierarchical navigable small world (arXiv 1603.09320, where they are M, M_max0 and
/// efConstruction). Snapshots depend on the first four.
/// </summary>
internal static class GraphShape
{
    /// <summary>Neighbours on the lowest level: two cache lines.</summary>
    public const int BaseLinks = 32;

    /// <summary>Neighbours on each level above: one cache line. One node in as many reaches the next level.</summary>
    public const int UpperLinks = 16;

    public const int GreatestHeight = 8;

    /// <summary>Levels of a slot's node. It depends on the slot alone, so that a slot in use again needs no other room for links.</summary>
    public static int HeightOf(int slot)
    {
        ulong hash = ((ulong)(uint)slot + 1) * 0x9E3779B97F4A7C15;
        hash ^= hash >> 29;
        hash *= 0xBF58476D1CE4E5B9;
        hash ^= hash >> 32;
        return Math.Min(1 + (BitOperations.TrailingZeroCount(hash) / BitOperations.Log2(UpperLinks)), GreatestHeight);
    }

    /// <summary>Candidates that a new node's neighbours are chosen from.</summary>
    public const int BuildWidth = 128;

    /// <summary>Neighbours that a new node begins with on the lowest level; the rest of the room is for links back.</summary>
    public const int FirstLinks = 24;
}
