using ImageSearch.VectorIndex.Codes;

namespace ImageSearch.VectorIndex.Snapshots;

/// <summary>The sections of a snapshot. One item per slot unless stated otherwise.</summary>
internal enum SnapshotSection
{
    /// <summary>id (8), version (4), twin (4); a twin of <see cref="SavedSlot.NoRow"/> means that the slot has no row.</summary>
    Rows,

    /// <summary>Codes, <see cref="RowCode.StrideOf"/> bytes each.</summary>
    Codes,

    /// <summary>Scale, offset, error (float32), sum (int32).</summary>
    Terms,

    /// <summary>float32 vectors of the slots whose vectors are not in the vector file.</summary>
    Vectors,

    /// <summary>Checksums (4) of the vectors in the vector file.</summary>
    Checksums,

    /// <summary>
    /// Height of the slot's node (1); 0 if it is not in the graph. This and the following sections are empty without a graph.
    /// </summary>
    Heights,

    /// <summary>Links on level 0 (4 each), as slot + 1.</summary>
    BaseLinks,

    /// <summary>Links on levels 1 and above, of nodes that have them.</summary>
    UpperLinks,
}
