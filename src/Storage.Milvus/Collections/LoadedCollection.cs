namespace ImageSearch.Storage.Milvus.Collections;

/// <summary>A collection that is ready for searches.</summary>
/// <param name="Index">The parameters of its index.</param>
/// <param name="MinGuarantee">The lowest guarantee timestamp of its searches; 0 for none.</param>
internal sealed record LoadedCollection(IReadOnlyDictionary<string, string> Index, ulong MinGuarantee);
