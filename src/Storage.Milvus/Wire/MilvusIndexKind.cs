namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>The index that Milvus builds over a table's vectors.</summary>
public enum MilvusIndexKind
{
    /// <summary>A graph in memory: fast and exact for most tables.</summary>
    Hnsw,

    /// <summary>Lists of vectors near a centre, as float32.</summary>
    IvfFlat,

    /// <summary>As <see cref="IvfFlat"/> with a byte a value: a quarter of the memory.</summary>
    IvfSq8,

    /// <summary>A graph on the server's disk.</summary>
    DiskAnn,

    /// <summary>None: every vector is looked at.</summary>
    Flat,

    /// <summary>What the server thinks best.</summary>
    AutoIndex,
}
