using System.Text.Json.Serialization;

namespace ImageSearch.Api.MilvusImg;

// The bodies, for the OpenAPI document only. They are read field by field (RequestFields), because clients send numbers as texts and
// pictures that are too long to become strings.

/// <summary>A picture to add.</summary>
internal sealed record MilvusImgAdd(
    [property: JsonPropertyName("table")] string? Table = null,
    [property: JsonPropertyName("image")] string? Image = null,
    [property: JsonPropertyName("url")] string? Url = null,
    [property: JsonPropertyName("tags")] string? Tags = null,
    [property: JsonPropertyName("brief")] string? Brief = null);

/// <summary>A change.</summary>
internal sealed record MilvusImgUpdate(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("table")] string? Table = null,
    [property: JsonPropertyName("image")] string? Image = null,
    [property: JsonPropertyName("url")] string? Url = null,
    [property: JsonPropertyName("tags")] string? Tags = null,
    [property: JsonPropertyName("brief")] string? Brief = null);

/// <summary>A search.</summary>
internal sealed record MilvusImgSearch(
    [property: JsonPropertyName("table")] string? Table = null,
    [property: JsonPropertyName("image")] string? Image = null,
    [property: JsonPropertyName("url")] string? Url = null,
    [property: JsonPropertyName("TOP_K")] int? TopK = null);
