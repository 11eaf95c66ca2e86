namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Rows to write, as three columns of equal length.</summary>
/// <param name="Ids">The ids, without duplicates.</param>
/// <param name="Versions">The versions.</param>
/// <param name="Vectors">The vectors, all of the collection's dimension.</param>
public sealed record MilvusRows(IReadOnlyList<long> Ids, IReadOnlyList<long> Versions, IReadOnlyList<ReadOnlyMemory<float>> Vectors);
