using ImageSearch.VectorIndex.Codes;

namespace ImageSearch.VectorIndex.Snapshots;

/// <summary>The parts of a snapshot. All but the last two have one item a slot.</summary>
internal enum SnapshotSection
{
    /// <summary>id (8), version (4), twin (4); a twin of <see cref="SavedSlot.NoRow"/> says that the slot holds no row.</summary>
    Rows,

    /// <summary>Codes, <see cref="RowCode.StrideOf"/> bytes each.</summary>
    Codes,

    /// <summary>Scale, offset, error (float32), sum (int32).</summary>
    Terms,

    /// <summary>float32 vectors of the slots whose vectors are not in the vector file.</summary>
    Vectors,

    /// <summary>Checksums (4) of the vectors in the vector file.</summary>
    Checksums,

    /// <summary>Levels of the slot's node (1); 0 for one that is not in the graph. Only with a graph, as all that follow.</summary>
    Heights,

    /// <summary>Neighbours on the lowest level, slot + 1 (4 each).</summary>
    BaseLinks,

    /// <summary>Neighbours on levels 1 and above, of the nodes that have them.</summary>
    UpperLinks,
}
