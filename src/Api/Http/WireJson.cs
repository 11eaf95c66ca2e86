using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ImageSearch.Api.Http;

/// <summary>
/// JSON as the documented systems write it: keys in the order of declaration, Chinese text not escaped. An answer is written by the
/// generated code of its API's <see cref="JsonSerializerContext"/>: a type that is in none does not compile.
/// </summary>
internal static class WireJson
{
    /// <summary>The options of a context; each needs its own.</summary>
    public static JsonSerializerOptions NewOptions() => new()
    {
        // The relaxed encoder does not escape <, > and &; the content type is JSON, so browsers do not read them as HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<FailureCode>(JsonNamingPolicy.SnakeCaseLower),
            new JsonStringEnumConverter<ImportState>(JsonNamingPolicy.SnakeCaseLower),
            new JsonStringEnumConverter<BackupState>(JsonNamingPolicy.SnakeCaseLower),
        },
    };

    public static IResult Answer<T>(T value, JsonTypeInfo<T> type, int statusCode = StatusCodes.Status200OK) =>
        TypedResults.Json(value, type, contentType: null, statusCode);
}
