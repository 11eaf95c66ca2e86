using System.Text.Json.Serialization;
using ImageSearch.Client.Problems;

namespace ImageSearch.Client.Items;

/// <summary>The result of one operation of a batch.</summary>
public sealed record BatchResult
{
    /// <summary>The HTTP status that the operation alone would have.</summary>
    public int Status { get; init; }

    /// <summary>What it did; null if it failed.</summary>
    public ItemEffect? Effect { get; init; }

    /// <summary>The key of the item that was put.</summary>
    public string? Key { get; init; }

    /// <summary>The id of the item that was put.</summary>
    public long? Id { get; init; }

    /// <summary>The state of the item that was put.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>The number of rows that were deleted.</summary>
    public int? Deleted { get; init; }

    /// <summary>Why it failed; null if it succeeded.</summary>
    public Problem? Problem { get; init; }
}
