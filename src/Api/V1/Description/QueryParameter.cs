using System.Globalization;
using System.Text.Json.Nodes;
using ImageSearch.Api.V1.Requests;
using Microsoft.OpenApi;

namespace ImageSearch.Api.V1.Description;

/// <summary>A parameter of the query string, as the OpenAPI document describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it means.</param>
/// <param name="Schema">Its type, bounds and default.</param>
internal sealed record QueryParameter(string Name, string Description, OpenApiSchema Schema)
{
    /// <summary>A text; without a maximum length if its own format bounds it.</summary>
    public static QueryParameter Text(string name, int? maxLength, string description, string? initial = null) =>
        new(name, description, new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = maxLength, Default = initial });

    /// <summary>A whole number.</summary>
    public static QueryParameter Integer(string name, long min, long max, long initial, string description) => new(
        name, description,
        new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = $"{min}", Maximum = $"{max}", Default = initial });

    /// <summary>A number.</summary>
    public static QueryParameter Number(string name, double min, double max, string description, double? initial = null) => new(
        name, description,
        new OpenApiSchema
        {
            Type = JsonSchemaType.Number,
            Minimum = min.ToString(CultureInfo.InvariantCulture),
            Maximum = max.ToString(CultureInfo.InvariantCulture),
            Default = initial,
        });

    /// <summary>True or false.</summary>
    public static QueryParameter Boolean(string name, string description, bool initial = false) =>
        new(name, description, new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = initial });

    /// <summary>One of some words.</summary>
    public static QueryParameter Words(string name, IEnumerable<string> words, string? initial, string description) => new(
        name, description,
        new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. words.Select(word => (JsonNode)word)], Default = initial });

    /// <summary>A word of an enumeration.</summary>
    public static QueryParameter Word<T>(string name, string? initial, string description)
        where T : struct, Enum =>
        Words(name, Enum.GetValues<T>().Select(EnumWord.Of), initial, description);
}
