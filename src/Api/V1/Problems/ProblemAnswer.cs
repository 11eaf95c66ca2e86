using System.Text.Json.Serialization;

namespace ImageSearch.Api.V1.Problems;

/// <summary>An error as RFC 9457 writes it.</summary>
internal sealed record ProblemAnswer(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("detail")] string Detail,
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("field"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field,
    [property: JsonPropertyName("value"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Value,
    [property: JsonPropertyName("bound"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Bound)
{
    /// <summary>The content type.</summary>
    public const string MediaType = "application/problem+json";

    public static ProblemAnswer Of(Failure failure, int? statusCode = null) => Of(ProblemKinds.Of(failure, statusCode), failure, statusCode);

    public static ProblemAnswer Of(ProblemKind kind, Failure failure, int? statusCode) => new(
        kind.Type, kind.Title, statusCode ?? kind.Status, failure.Message, kind.Code, failure.Field, PrintableText.Of(failure.Value), failure.Bound);
}

/// <summary>A kind of error and what to do.</summary>
internal sealed record ProblemKindAnswer(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("remedy")] string Remedy)
{
    public static ProblemKindAnswer Of(ProblemKind kind) => new(kind.Type, kind.Code, kind.Status, kind.Title, kind.Remedy);
}

/// <summary>All kinds of errors.</summary>
internal sealed record ProblemKindsAnswer([property: JsonPropertyName("problems")] IReadOnlyList<ProblemKindAnswer> Problems);
