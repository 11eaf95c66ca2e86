using System.Text.Json.Serialization;

namespace ImageSearch.Api.ImageSim;

/// <summary>The answer of every call; <see cref="Error"/> is written only where the call failed, and <see cref="Data"/> is null there.</summary>
internal sealed record SimAnswer<T>(
    [property: JsonPropertyName("msg")] string Message,
    [property: JsonPropertyName("code")] int Code,
    [property: JsonPropertyName("data")] T? Data,
    [property: JsonPropertyName("error"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SimError? Error = null);

/// <summary>Why a call failed.</summary>
internal sealed record SimError(
    [property: JsonPropertyName("code")] FailureCode Code,
    [property: JsonPropertyName("message")] string Message);

/// <summary>A hit of a search. The first three keys are the documented ones.</summary>
internal sealed record SimHit(
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("filepath")] string FilePath,
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("distance")] float Distance,
    [property: JsonPropertyName("score")] float Score,
    [property: JsonPropertyName("idStr")] string IdText);
