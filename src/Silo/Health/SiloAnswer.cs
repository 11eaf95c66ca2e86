using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Silo.Health;

/// <summary>The answer of a silo's health checks.</summary>
internal sealed record SiloAnswer(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("role")] string Role,
    [property: JsonPropertyName("checks")] IReadOnlyDictionary<string, string> Checks,
    [property: JsonPropertyName("waitingRows")] long WaitingRows,
    [property: JsonPropertyName("oldestWaitingSeconds")] long OldestWaitingSeconds,
    [property: JsonPropertyName("loading")] int Loading);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SiloAnswer))]
internal sealed partial class SiloHealthJson : JsonSerializerContext
{
    // As the answers of src/Api: text outside ASCII is not escaped.
    public static SiloHealthJson Wire { get; } =
        new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
