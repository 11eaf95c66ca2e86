using System.Text.Json.Serialization;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Tables;

namespace ImageSearch.Api.V1.Reembedding;

// The answers of /v1/tables/{table}/reembed, as they are on the wire.

/// <summary>A change of a table's model and its progress.</summary>
internal sealed record ReembedAnswer(
    [property: JsonPropertyName("model")] ModelAnswer Model,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("rows")] long Rows,
    [property: JsonPropertyName("embedded")] long Embedded,
    [property: JsonPropertyName("failed")] long Failed,
    [property: JsonPropertyName("max_failures")] long MaxFailures,
    [property: JsonPropertyName("fault")] string? Fault,
    [property: JsonPropertyName("began")] string Began,
    [property: JsonPropertyName("ended")] string? Ended)
{
    public static ReembedAnswer Of(ReembedStatus reembed) => new(
        ModelAnswer.Of(reembed.Model), EnumWord.Of(reembed.State), reembed.Rows, reembed.Embedded, reembed.Failed, reembed.MaxFailures, reembed.Fault,
        WireTime.Of(reembed.Began)!, WireTime.Of(reembed.Ended));
}

/// <summary>An item whose picture could not be embedded.</summary>
internal sealed record ReembedFailureAnswer(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("key")] string? Key,
    [property: JsonPropertyName("code")] FailureCode Code,
    [property: JsonPropertyName("message")] string Message);

/// <summary>Items whose picture could not be embedded, by id.</summary>
internal sealed record ReembedFailuresAnswer(
    [property: JsonPropertyName("failures")] IReadOnlyList<ReembedFailureAnswer> Failures,
    [property: JsonPropertyName("next_cursor")] string? NextCursor);

/// <summary>A change of a table's model to begin, for the OpenAPI document.</summary>
internal sealed record ReembedBody(
    [property: JsonPropertyName("model")] ModelAnswer? Model = null, [property: JsonPropertyName("max_failures")] long? MaxFailures = null,
    [property: JsonPropertyName("read_paths")] bool? ReadsPaths = null);

/// <summary>Examples for the OpenAPI document.</summary>
internal static class ReembedExamples
{
    public const string Begin = """{"model":{"name":"lite0-ret-512-v2","version":"2.0.0","dimension":512},"max_failures":20}""";

    public const string Running =
        """
        {"model":{"name":"lite0-ret-512-v2","version":"2.0.0","dimension":512},"state":"running","rows":20000,"embedded":4512,"failed":3,"max_failures":20,"fault":null,"began":"2026-11-27T09:30:00.000Z","ended":null}
        """;

    public const string Failures =
        """{"failures":[{"id":17,"key":"sku-17","code":"url_unreachable","message":"the URL can't be fetched: the server answered with status 404"}],"next_cursor":null}""";
}
