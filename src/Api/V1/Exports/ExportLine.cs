using System.Text.Json.Serialization;
using ImageSearch.Api.V1.Items;

namespace ImageSearch.Api.V1.Exports;

/// <summary>An item of an export. Its members are those of a line of an import, so an export imports again.</summary>
internal sealed record ExportLine(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("key"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Key,
    [property: JsonPropertyName("product_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ProductId,
    [property: JsonPropertyName("url"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url,
    [property: JsonPropertyName("path"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Path,
    [property: JsonPropertyName("tags"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Tags,
    [property: JsonPropertyName("brief"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Brief,
    [property: JsonPropertyName("attributes"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RawJson? Attributes,
    [property: JsonPropertyName("created"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Created,
    [property: JsonPropertyName("modified"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Modified,
    [property: JsonPropertyName("model"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model,
    [property: JsonPropertyName("vector"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Vector,
    [property: JsonPropertyName("main_object_vector"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MainObjectVector)
{
    public static ExportLine Of(Item item)
    {
        var answer = ItemAnswer.Of(item);
        return new ExportLine(
            answer.Id, answer.Key, answer.ProductId, answer.Url, answer.Path, answer.Tags, answer.Brief, answer.Attributes, answer.Created,
            answer.Modified, item.Vectors is { } vectors ? VectorText.NameOf(vectors.Model) : null, answer.Vector, answer.MainObjectVector);
    }
}
