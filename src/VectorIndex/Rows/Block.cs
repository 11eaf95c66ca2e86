using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Graph;

namespace ImageSearch.VectorIndex.Rows;

/// <summary>
/// Where a fixed number of slots lie. An index grows by whole blocks, so growing moves nothing. The memory may be read only under a
/// <see cref="RowView"/> and written only by the store and, as far as links go, by the graph.
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

    /// <summary>The float32 vectors where they are kept in memory; null where they are in a file.</summary>
    public float* Vectors;

    /// <summary>Checksums of the vectors where they are in a file.</summary>
    public uint* Checksums;

    /// <summary>A bit for each vector in the file that comes from an earlier run and was not compared with its checksum yet.</summary>
    public ulong* Doubtful;

    /// <summary>The slots' places in the graph; null before there is one.</summary>
    public GraphNode* Nodes;

    /// <summary>Neighbours on the lowest level, <see cref="GraphShape.BaseLinks"/> a slot.</summary>
    public uint* Links;
}
