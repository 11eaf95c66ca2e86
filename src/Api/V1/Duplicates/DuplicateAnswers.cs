using System.Text.Json.Serialization;
using ImageSearch.Api.V1.Items;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Duplicates;

// The answers of /v1, as they are on the wire.

/// <summary>A search for duplicates and its progress.</summary>
internal sealed record DuplicateSearchAnswer(
    [property: JsonPropertyName("table")] string Table,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("min_score")] float MinScore,
    [property: JsonPropertyName("rows")] long Rows,
    [property: JsonPropertyName("done")] long Done,
    [property: JsonPropertyName("rows_per_second")] double? RowsPerSecond,
    [property: JsonPropertyName("seconds_left")] double? SecondsLeft,
    [property: JsonPropertyName("groups")] long? Groups,
    [property: JsonPropertyName("items")] long? Items,
    [property: JsonPropertyName("fault")] string? Fault,
    [property: JsonPropertyName("began")] string Began,
    [property: JsonPropertyName("ended")] string? Ended)
{
    public static DuplicateSearchAnswer Of(TableName table, DuplicateSearchStatus search)
    {
        double? rate = search.RowsPerSecond > 0 ? search.RowsPerSecond : null;
        return new DuplicateSearchAnswer(
            table.Value, EnumWord.Of(search.State), search.MinScore, search.Rows, search.Done, rate is null ? null : Math.Round(rate.Value, 1),
            rate is null ? null : Math.Ceiling((search.Rows - search.Done) / rate.Value), search.Groups, search.Items, search.Fault,
            WireTime.Of(WireTime.ToStored(search.Began))!, search.Ended is { } ended ? WireTime.Of(WireTime.ToStored(ended)) : null);
    }
}

/// <summary>Groups of duplicates, the largest first.</summary>
internal sealed record DuplicatesAnswer(
    [property: JsonPropertyName("search")] DuplicateSearchAnswer Search,
    [property: JsonPropertyName("groups")] IReadOnlyList<DuplicateGroupAnswer> Groups,
    [property: JsonPropertyName("next_cursor")] string? NextCursor);

/// <summary>Items whose pictures are the same or almost.</summary>
internal sealed record DuplicateGroupAnswer(
    [property: JsonPropertyName("count")] long Count,
    [property: JsonPropertyName("lowest_score")] float LowestScore,
    [property: JsonPropertyName("highest_score")] float HighestScore,
    [property: JsonPropertyName("items")] IReadOnlyList<ItemAnswer> Items)
{
    public static DuplicateGroupAnswer Of(DuplicateItems group) =>
        new(group.Count, group.LowestScore, group.HighestScore, [.. group.Items.Select(ItemAnswer.Of)]);
}
