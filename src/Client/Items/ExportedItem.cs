using System.Text.Json.Serialization;

namespace ImageSearch.Client.Items;

/// <summary>A line of an export. <see cref="Imports.ImportItem.Of(ExportedItem)"/> imports it into another table.</summary>
public sealed record ExportedItem : Item
{
    /// <summary>The model of the vectors, <c>NAME/VERSION</c>; null without vectors.</summary>
    public string? Model { get; init; }

    /// <summary>The thumbnail, a WebP; null if none is kept, or if the export has no pictures.</summary>
    public ReadOnlyMemory<byte>? Thumbnail { get; init; }

    /// <summary>The picture's file; null if it is not kept, or if the export has no pictures.</summary>
    [JsonPropertyName("picture")]
    public ReadOnlyMemory<byte>? Original { get; init; }
}
