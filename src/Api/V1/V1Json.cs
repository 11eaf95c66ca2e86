using System.Text.Json.Serialization;
using ImageSearch.Api.Http;

namespace ImageSearch.Api.V1;

/// <summary>The types of <c>/v1</c>: its answers, and the line of a list for the OpenAPI document.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(ImportsAnswer))]
[JsonSerializable(typeof(ImportFailuresAnswer))]
[JsonSerializable(typeof(V1Failed))]
[JsonSerializable(typeof(V1TokenInvalid))]
[JsonSerializable(typeof(ImportLine))]
internal sealed partial class V1Json : JsonSerializerContext
{
    public static V1Json Wire { get; } = new(WireJson.NewOptions());
}
