using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Api.Http;

/// <summary>JSON as the documented systems write it: keys in the order of their declaration, Chinese text as it is.</summary>
internal static class WireJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // The relaxed encoder leaves <, > and & as they are; the content type is JSON, so no browser takes them for HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = null,
        DictionaryKeyPolicy = null,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static IResult Answer<T>(T value, int statusCode = StatusCodes.Status200OK) =>
        TypedResults.Json(value, Options, contentType: null, statusCode);
}
