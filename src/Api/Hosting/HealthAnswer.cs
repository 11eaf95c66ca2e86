using System.Text.Json.Serialization;
using ImageSearch.Api.Http;

namespace ImageSearch.Api.Hosting;

/// <summary>The answer of <c>/health/live</c>.</summary>
internal sealed record LiveAnswer(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("role")] string Role,
    [property: JsonPropertyName("checks")] IReadOnlyDictionary<string, string> Checks);

/// <summary>The answer of <c>/health/ready</c>.</summary>
internal sealed record ReadyAnswer(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("role")] string Role,
    [property: JsonPropertyName("checks")] IReadOnlyDictionary<string, string> Checks,
    [property: JsonPropertyName("waitingRows")] long WaitingRows,
    [property: JsonPropertyName("oldestWaitingSeconds")] long OldestWaitingSeconds,
    [property: JsonPropertyName("loading")] IReadOnlyList<LoadingTable> Loading);

/// <summary>A table that is being loaded; its name is null for a caller who may not know it.</summary>
internal sealed record LoadingTable(
    [property: JsonPropertyName("table")] string? Table,
    [property: JsonPropertyName("rows")] long Rows,
    [property: JsonPropertyName("of")] long Total,
    [property: JsonPropertyName("secondsLeft")] long? SecondsLeft);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(LiveAnswer))]
[JsonSerializable(typeof(ReadyAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext
{
    public static HealthJson Wire { get; } = new(WireJson.NewOptions());
}
