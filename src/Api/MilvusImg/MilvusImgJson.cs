using System.Text.Json.Serialization;
using ImageSearch.Api.Http;

namespace ImageSearch.Api.MilvusImg;

/// <summary>The types of <c>/milvus/img/*</c>: its answers, and the bodies of the OpenAPI document.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(MilvusImgDone))]
[JsonSerializable(typeof(MilvusImgData<object>))]
[JsonSerializable(typeof(MilvusImgData<string>))]
[JsonSerializable(typeof(MilvusImgData<long>))]
[JsonSerializable(typeof(MilvusImgData<IReadOnlyList<MilvusImgHit>>))]
[JsonSerializable(typeof(MissingParameters))]
[JsonSerializable(typeof(MilvusImgAdd))]
[JsonSerializable(typeof(MilvusImgUpdate))]
[JsonSerializable(typeof(MilvusImgSearch))]
internal sealed partial class MilvusImgJson : JsonSerializerContext
{
    public static MilvusImgJson Wire { get; } = new(WireJson.NewOptions());
}
