using System.Text.Json.Serialization;
using ImageSearch.Api.V1;

namespace ImageSearch.Api.Http;

/// <summary>An error outside the APIs, as both documented systems write it. Below <c>/v1</c> it is a problem.</summary>
internal sealed record PlainError([property: JsonPropertyName("detail")] string Detail)
{
    /// <summary>Writes it as the body; the status is the caller's.</summary>
    public static Task WriteAsync(HttpContext context, string detail) =>
        context.Request.Path.StartsWithSegments("/v1")
            ? V1Results.Status(context.Response.StatusCode, detail).ExecuteAsync(context)
            : context.Response.WriteAsJsonAsync(new PlainError(detail), PlainErrorJson.Wire.PlainError);
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PlainError))]
internal sealed partial class PlainErrorJson : JsonSerializerContext
{
    public static PlainErrorJson Wire { get; } = new(WireJson.NewOptions());
}
