using System.Text.Json.Serialization;

namespace ImageSearch.Api.ImageSim;

// The bodies, for the OpenAPI document only. They are read field by field (RequestFields), since clients also send forms.

internal sealed record SimAddFile(IFormFile File, string? Key = null, [property: JsonPropertyName("imgPath")] string? ImgPath = null, string? Table = null);

internal sealed record SimAddUrl(
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("key")] string? Key = null,
    [property: JsonPropertyName("imgPath")] string? ImgPath = null,
    [property: JsonPropertyName("table")] string? Table = null);

internal sealed record SimAddPath(
    [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("key")] string? Key = null,
    [property: JsonPropertyName("imgPath")] string? ImgPath = null,
    [property: JsonPropertyName("table")] string? Table = null);

internal sealed record SimSearchFile(IFormFile File, int? Limit = null, string? Table = null);

internal sealed record SimSearchUrl(
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("limit")] int? Limit = null,
    [property: JsonPropertyName("table")] string? Table = null);

internal sealed record SimSearchPath(
    [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("limit")] int? Limit = null,
    [property: JsonPropertyName("table")] string? Table = null);

internal sealed record SimSearchBase64(
    [property: JsonPropertyName("base64")] string Base64,
    [property: JsonPropertyName("limit")] int? Limit = null,
    [property: JsonPropertyName("table")] string? Table = null);

internal sealed record SimDeleteIds(
    [property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("table")] string? Table = null);

internal sealed record SimDeleteKeys(
    [property: JsonPropertyName("key")] string Key, [property: JsonPropertyName("table")] string? Table = null);
