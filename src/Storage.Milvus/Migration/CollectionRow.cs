namespace ImageSearch.Storage.Milvus.Migration;

/// <summary>A row of another system's collection.</summary>
/// <param name="Id">The primary key; any number.</param>
/// <param name="Key">The shop's key.</param>
/// <param name="Path">The path or URL of the picture.</param>
/// <param name="Vector">The vector as it is stored; it can have any length.</param>
public sealed record CollectionRow(long Id, string? Key, string? Path, ReadOnlyMemory<float> Vector);
