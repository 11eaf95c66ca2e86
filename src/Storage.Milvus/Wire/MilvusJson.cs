using System.Text.Json.Serialization;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>The parameters of a search as Milvus reads them.</summary>
[JsonSerializable(typeof(IReadOnlyDictionary<string, int>))]
internal sealed partial class MilvusJson : JsonSerializerContext;
