using System.Text.Json.Serialization;

namespace ImageSearch.Api.V1.Items;

/// <summary>An item to put or to change, for the OpenAPI document.</summary>
internal sealed record ItemRequest(
    [property: JsonPropertyName("image")] string? Image = null,
    [property: JsonPropertyName("url")] string? Url = null,
    [property: JsonPropertyName("server_path")] string? ServerPath = null,
    [property: JsonPropertyName("product_id")] string? ProductId = null,
    [property: JsonPropertyName("path")] string? Path = null,
    [property: JsonPropertyName("tags")] string? Tags = null,
    [property: JsonPropertyName("brief")] string? Brief = null,
    [property: JsonPropertyName("attributes")] RawJson? Attributes = null);
