using System.Text.Json.Serialization;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Audit;

/// <summary>Something that was done, or was denied.</summary>
internal sealed record AuditEntryAnswer(
    [property: JsonPropertyName("time")] string? Time,
    [property: JsonPropertyName("who")] string Who,
    [property: JsonPropertyName("action")] string Action,
    [property: JsonPropertyName("target")] string Target,
    [property: JsonPropertyName("address")] string? Address,
    [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("detail")] string? Detail)
{
    public static AuditEntryAnswer Of(AuditEntry entry) =>
        new(WireTime.Of(entry.Date), entry.Who, entry.Action, entry.Target, entry.Address, entry.Outcome, entry.Detail);
}

/// <summary>A page of the audit, newest first.</summary>
internal sealed record AuditAnswer(
    [property: JsonPropertyName("entries")] IReadOnlyList<AuditEntryAnswer> Entries,
    [property: JsonPropertyName("next_cursor")] string? NextCursor);
