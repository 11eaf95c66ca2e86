using System.Text.Json.Serialization;

namespace ImageSearch.Api.MilvusImg;

/// <summary>A success with data, which may be null.</summary>
internal sealed record MilvusImgData<T>(
    [property: JsonPropertyName("code")] int Code,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("data")] T? Data);

/// <summary>A success without data, or a failure.</summary>
internal sealed record MilvusImgDone(
    [property: JsonPropertyName("code")] int Code,
    [property: JsonPropertyName("message")] string Message);

/// <summary>A hit of a search.</summary>
internal sealed record MilvusImgHit(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("tags")] string Tags,
    [property: JsonPropertyName("brief")] string Brief,
    [property: JsonPropertyName("distance")] float Distance);

/// <summary>A required query parameter is missing.</summary>
internal sealed record MissingParameters([property: JsonPropertyName("detail")] IReadOnlyList<MissingParameter> Detail)
{
    public static MissingParameters Of(IEnumerable<string> names) => new([.. names.Select(name => new MissingParameter(["query", name]))]);
}

/// <summary>One missing parameter, in the format of the documented system's framework.</summary>
internal sealed record MissingParameter(
    [property: JsonPropertyName("loc")] IReadOnlyList<string> Location,
    [property: JsonPropertyName("msg")] string Message = "field required",
    [property: JsonPropertyName("type")] string Type = "value_error.missing");
