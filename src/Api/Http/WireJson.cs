using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Api.Http;

/// <summary>JSON as the documented systems write it: keys in the order of declaration, Chinese text not escaped.</summary>
internal static class WireJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // The relaxed encoder does not escape <, > and &; the content type is JSON, so browsers do not read them as HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = null,
        DictionaryKeyPolicy = null,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static IResult Answer<T>(T value, int statusCode = StatusCodes.Status200OK) =>
        TypedResults.Json(value, Options, contentType: null, statusCode);
}
