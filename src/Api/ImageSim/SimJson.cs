using System.Text.Json.Serialization;
using ImageSearch.Api.Http;

namespace ImageSearch.Api.ImageSim;

/// <summary>The types of <c>/api/image/sim/*</c>: its answers, and the bodies of the OpenAPI document.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SimAnswer<string>))]
[JsonSerializable(typeof(SimAnswer<bool>))]
[JsonSerializable(typeof(SimAnswer<int>))]
[JsonSerializable(typeof(SimAnswer<IReadOnlyList<SimHit>>))]
[JsonSerializable(typeof(SimAddFile))]
[JsonSerializable(typeof(SimAddUrl))]
[JsonSerializable(typeof(SimAddPath))]
[JsonSerializable(typeof(SimSearchFile))]
[JsonSerializable(typeof(SimSearchUrl))]
[JsonSerializable(typeof(SimSearchPath))]
[JsonSerializable(typeof(SimSearchBase64))]
[JsonSerializable(typeof(SimDeleteIds))]
[JsonSerializable(typeof(SimDeleteKeys))]
internal sealed partial class SimJson : JsonSerializerContext
{
    public static SimJson Wire { get; } = new(WireJson.NewOptions());
}
