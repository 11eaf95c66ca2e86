namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>The server's description of an index.</summary>
/// <param name="Parameters">index_type, metric_type, params and other parameters.</param>
/// <param name="State">The state of the build.</param>
/// <param name="IndexedRows">The number of rows in the index.</param>
/// <param name="TotalRows">The number of rows to index.</param>
public sealed record MilvusIndexDescription(
    IReadOnlyDictionary<string, string> Parameters, MilvusIndexState State, long IndexedRows, long TotalRows);

/// <summary>The state of an index build, with Milvus' numbers.</summary>
public enum MilvusIndexState
{
    /// <summary>Unknown.</summary>
    None = 0,

    /// <summary>The build has not started.</summary>
    Unissued = 1,

    /// <summary>The build is running.</summary>
    InProgress = 2,

    /// <summary>The index is complete.</summary>
    Finished = 3,

    /// <summary>The build failed.</summary>
    Failed = 4,

    /// <summary>The build is tried again.</summary>
    Retry = 5,
}
