namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>A row found by a search.</summary>
/// <param name="Id">The id of the row.</param>
/// <param name="Version">The version of the row that has the vector.</param>
/// <param name="Score">Milvus' score: the squared distance for L2, the dot product for IP, the cosine for COSINE.</param>
public readonly record struct MilvusHit(long Id, long Version, float Score);
