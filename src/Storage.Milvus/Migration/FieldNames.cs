namespace ImageSearch.Storage.Milvus.Migration;

/// <summary>The names of a collection's fields as the user specified them. A null name is detected.</summary>
/// <param name="Key">The field of the shop's key; empty if the collection has none.</param>
/// <param name="Path">The field of the picture's path or URL; empty if the collection has none.</param>
/// <param name="Vector">The field of the vector.</param>
public sealed record FieldNames(string? Key = null, string? Path = null, string? Vector = null);
