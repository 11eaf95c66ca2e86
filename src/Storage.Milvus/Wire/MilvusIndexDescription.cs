namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>An index as the server describes it.</summary>
/// <param name="Parameters">index_type, metric_type, params and whatever else the server says.</param>
/// <param name="State">How far it is.</param>
/// <param name="IndexedRows">Rows that it holds.</param>
/// <param name="TotalRows">Rows that it is to hold.</param>
internal sealed record MilvusIndexDescription(
    IReadOnlyDictionary<string, string> Parameters, MilvusIndexState State, long IndexedRows, long TotalRows);

/// <summary>How far an index is; the numbers are Milvus'.</summary>
internal enum MilvusIndexState
{
    None = 0,
    Unissued = 1,
    InProgress = 2,
    Finished = 3,
    Failed = 4,
    Retry = 5,
}
