using System.Text.Json.Serialization;

namespace ImageSearch.Api.V1.Imports;

/// <summary>The progress of an import at one moment.</summary>
internal sealed record ImportEvent(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("state")] ImportState State,
    [property: JsonPropertyName("items")] long Items,
    [property: JsonPropertyName("stored")] long Stored,
    [property: JsonPropertyName("failed")] long Failed,
    [property: JsonPropertyName("duplicates")] long Duplicates,
    [property: JsonPropertyName("fault")] string? Fault,
    [property: JsonPropertyName("pictures_per_second")] double? PicturesPerSecond,
    [property: JsonPropertyName("seconds_left")] double? SecondsLeft)
{
    /// <param name="status">The import.</param>
    /// <param name="rate">Its rate; null if it has ended.</param>
    public static ImportEvent Of(ImportStatus status, ImportRate? rate) => new(
        status.Id, status.State, status.Items, status.Stored, status.Failed, status.Duplicates, status.Fault,
        rate?.PerSecond is { } value ? Math.Round(value, 1) : null,
        // A list that is still being sent has no known end.
        status.State == ImportState.Running ? rate?.SecondsLeft(status.Items) : null);
}
