using System.Text.Json.Serialization;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Backups;

/// <summary>A backup and its progress.</summary>
internal sealed record BackupAnswer(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("state")] BackupState State,
    [property: JsonPropertyName("began")] string Began,
    [property: JsonPropertyName("ended")] string? Ended,
    [property: JsonPropertyName("bytes")] long Bytes,
    [property: JsonPropertyName("total_bytes")] long TotalBytes,
    [property: JsonPropertyName("tables")] int? Tables,
    [property: JsonPropertyName("rows")] long? Rows,
    [property: JsonPropertyName("fault")] string? Fault,
    [property: JsonPropertyName("bytes_per_second")] double? BytesPerSecond,
    [property: JsonPropertyName("seconds_left")] double? SecondsLeft)
{
    public static BackupAnswer Of(BackupStatus backup) => new(
        backup.Name.Value, backup.State, WireTime.Of(backup.Began)!, WireTime.Of(backup.Ended), backup.Bytes, backup.TotalBytes, backup.Tables, backup.Rows,
        backup.Fault, backup.BytesPerSecond, backup.SecondsLeft);
}

/// <summary>Backups, newest first.</summary>
internal sealed record BackupsAnswer(
    [property: JsonPropertyName("backups")] IReadOnlyList<BackupAnswer> Backups,
    [property: JsonPropertyName("next_cursor")] string? NextCursor);

/// <summary>The body that begins a backup, for the OpenAPI document.</summary>
internal sealed record BackupRequest([property: JsonPropertyName("name")] string? Name);
