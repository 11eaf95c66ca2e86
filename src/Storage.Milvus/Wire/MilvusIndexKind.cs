namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>The index that Milvus builds over a table's vectors.</summary>
public enum MilvusIndexKind
{
    /// <summary>A graph in memory: fast, with a high recall for most tables.</summary>
    Hnsw,

    /// <summary>Lists of vectors around centroids, as float32.</summary>
    IvfFlat,

    /// <summary>As <see cref="IvfFlat"/> with one byte per value: a quarter of the memory.</summary>
    IvfSq8,

    /// <summary>A graph on the server's disk.</summary>
    DiskAnn,

    /// <summary>No index: searches scan all vectors.</summary>
    Flat,

    /// <summary>The server selects the index.</summary>
    AutoIndex,
}
