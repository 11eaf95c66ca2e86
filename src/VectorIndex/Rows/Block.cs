using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Graph;

namespace ImageSearch.VectorIndex.Rows;

/// <summary>
/// The memory of a fixed number of slots. An index grows by whole blocks, so growing moves nothing. The memory must be read only under an
/// open <see cref="RowView"/>, and written only by the store or, for links, by the graph.
/// </summary>
internal unsafe struct Block
{
    public const int SlotBits = 10;
    public const int SlotCount = 1 << SlotBits;
    public const int SlotMask = SlotCount - 1;

    /// <summary>Codes, <see cref="RowCode.StrideOf"/> bytes apart.</summary>
    public sbyte* Codes;

    public CodeTerms* Terms;

    public Slot* Slots;

    /// <summary>The float32 vectors if they are in memory; null if they are in the file.</summary>
    public float* Vectors;

    /// <summary>Checksums of the vectors in the file; null if they are in memory.</summary>
    public uint* Checksums;

    /// <summary>A bit for each vector in the file that an earlier run wrote and whose checksum is not verified yet.</summary>
    public ulong* Unverified;

    /// <summary>The nodes of the slots; null while there is no graph.</summary>
    public GraphNode* Nodes;

    /// <summary>Links on level 0, <see cref="GraphShape.BaseLinks"/> per slot; null while there is no graph.</summary>
    public uint* Links;

    /// <summary>Sketches of nodes, <see cref="NeighborGraph.SketchStrideOf"/> bytes apart; null while there is no graph, or if it has none.</summary>
    public byte* Sketches;
}
