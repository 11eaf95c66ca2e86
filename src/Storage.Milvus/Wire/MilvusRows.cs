namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Rows to be written: three columns of one length.</summary>
/// <param name="Ids">Row ids, each once.</param>
/// <param name="Versions">The rows' versions.</param>
/// <param name="Vectors">The rows' vectors, all of the collection's dimension.</param>
internal sealed record MilvusRows(IReadOnlyList<long> Ids, IReadOnlyList<long> Versions, IReadOnlyList<ReadOnlyMemory<float>> Vectors);
