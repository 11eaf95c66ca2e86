using System.Text.Json.Serialization;

namespace ImageSearch.Api.V1.Search;

// The bodies, for the OpenAPI document only.

/// <summary>A search: one of image, url, server_path, key, id, vector and examples.</summary>
internal record SearchBody(
    [property: JsonPropertyName("image")] string? Image = null,
    [property: JsonPropertyName("url")] string? Url = null,
    [property: JsonPropertyName("server_path")] string? ServerPath = null,
    [property: JsonPropertyName("region")] RegionBody? Region = null,
    [property: JsonPropertyName("key")] string? Key = null,
    [property: JsonPropertyName("id")] long? Id = null,
    [property: JsonPropertyName("vector")] IReadOnlyList<float>? Vector = null,
    [property: JsonPropertyName("examples")] IReadOnlyList<ExampleBody>? Examples = null,
    [property: JsonPropertyName("limit")] int? Limit = null,
    [property: JsonPropertyName("cursor")] string? Cursor = null,
    [property: JsonPropertyName("min_score")] float? MinScore = null,
    [property: JsonPropertyName("filter")] string? Filter = null,
    [property: JsonPropertyName("group_by")] string? GroupBy = null,
    [property: JsonPropertyName("order_by")] string? OrderBy = null,
    [property: JsonPropertyName("fields")] IReadOnlyList<string>? Fields = null,
    [property: JsonPropertyName("vectors")] bool? Vectors = null,
    [property: JsonPropertyName("explain")] bool? Explain = null,
    [property: JsonPropertyName("main_object")] string? MainObject = null,
    [property: JsonPropertyName("detect")] bool? Detect = null);

/// <summary>A part of a picture: unit is pixel (default) or share.</summary>
internal sealed record RegionBody(
    [property: JsonPropertyName("x1")] double X1,
    [property: JsonPropertyName("y1")] double Y1,
    [property: JsonPropertyName("x2")] double X2,
    [property: JsonPropertyName("y2")] double Y2,
    [property: JsonPropertyName("unit")] string? Unit = null);

/// <summary>An example of a search.</summary>
internal sealed record ExampleBody(
    [property: JsonPropertyName("image")] string? Image = null,
    [property: JsonPropertyName("url")] string? Url = null,
    [property: JsonPropertyName("server_path")] string? ServerPath = null,
    [property: JsonPropertyName("region")] RegionBody? Region = null,
    [property: JsonPropertyName("key")] string? Key = null,
    [property: JsonPropertyName("id")] long? Id = null,
    [property: JsonPropertyName("vector")] IReadOnlyList<float>? Vector = null,
    [property: JsonPropertyName("negative")] bool? Negative = null);

/// <summary>Searches.</summary>
internal sealed record SearchesBody([property: JsonPropertyName("queries")] IReadOnlyList<QueryBody> Queries);

/// <summary>A search of a table.</summary>
internal sealed record QueryBody([property: JsonPropertyName("table")] string Table) : SearchBody;
