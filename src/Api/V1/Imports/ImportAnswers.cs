using System.Text.Json.Serialization;
using ImageSearch.Api.V1.Duplicates;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Imports;

// The answers of /v1, as they are on the wire.

/// <summary>An import and its progress.</summary>
internal sealed record ImportAnswer(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("table")] string Table,
    [property: JsonPropertyName("state")] ImportState State,
    [property: JsonPropertyName("items")] long Items,
    [property: JsonPropertyName("stored")] long Stored,
    [property: JsonPropertyName("failed")] long Failed,
    [property: JsonPropertyName("duplicates")] long Duplicates,
    [property: JsonPropertyName("fault")] string? Fault,
    [property: JsonPropertyName("began")] string Began,
    [property: JsonPropertyName("ended")] string? Ended,
    [property: JsonPropertyName("on_existing_key")] string? OnExistingKey,
    [property: JsonPropertyName("on_duplicate")] string? OnDuplicate,
    [property: JsonPropertyName("duplicate_score")] double? DuplicateScore,
    [property: JsonPropertyName("dry_run")] bool IsDryRun)
{
    public static ImportAnswer Of(ImportStatus import) => new(
        import.Id, import.Table.Value, import.State, import.Items, import.Stored, import.Failed, import.Duplicates, import.Fault,
        WireTime.Of(import.Began)!, WireTime.Of(import.Ended), WordOf(import.Choices.OnExistingKey), WordOf(import.Choices.Duplicates?.Rule),
        DuplicateRules.Shown(import.Choices.Duplicates?.MinScore), import.Choices.IsDryRun);

    private static string? WordOf<T>(T? choice)
        where T : struct, Enum =>
        choice is { } made ? EnumWord.Of(made) : null;
}

/// <summary>Imports, newest first.</summary>
internal sealed record ImportsAnswer(
    [property: JsonPropertyName("imports")] IReadOnlyList<ImportAnswer> Imports,
    [property: JsonPropertyName("next_cursor")] string? NextCursor);

/// <summary>A picture that could not be imported.</summary>
internal sealed record ImportFailureAnswer(
    [property: JsonPropertyName("line")] long Line,
    [property: JsonPropertyName("key")] string? Key,
    [property: JsonPropertyName("code")] FailureCode Code,
    [property: JsonPropertyName("message")] string Message)
{
    public static ImportFailureAnswer Of(ImportFailure failure) => new(failure.Line, failure.Key, failure.Code, failure.Message);
}

/// <summary>Pictures that could not be imported, in the order of the list.</summary>
internal sealed record ImportFailuresAnswer([property: JsonPropertyName("failures")] IReadOnlyList<ImportFailureAnswer> Failures)
{
    public static ImportFailuresAnswer Of(IReadOnlyList<ImportFailure> failures) =>
        new([.. failures.Select(ImportFailureAnswer.Of)]);
}
