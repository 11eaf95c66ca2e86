using System.Text.Json.Serialization;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Items;

/// <summary>An item on the wire. A field without a value is left out; effect is in the answers of puts only, and model,
/// thumbnail and picture in exports.</summary>
internal sealed record ItemAnswer(
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
    [property: JsonPropertyName("score"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float? Score = null,
    [property: JsonPropertyName("distance"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float? Distance = null,
    [property: JsonPropertyName("model"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model = null,
    [property: JsonPropertyName("vector"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Vector = null,
    [property: JsonPropertyName("main_object_vector"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MainObjectVector = null,
    [property: JsonPropertyName("thumbnail"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Thumbnail = null,
    [property: JsonPropertyName("picture"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Picture = null,
    [property: JsonPropertyName("effect"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Effect = null)
{
    public static ItemAnswer Of(Item item) => Of(item, FieldSelection.All);

    public static ItemAnswer Of(Item item, FieldSelection fields)
    {
        var location = NullIfEmpty(item.Texts.FilePath);
        var isUrl = IsUrl(location);
        return new ItemAnswer(
            item.Id,
            fields.Has("key") ? NullIfEmpty(item.Texts.Key) : null,
            fields.Has("product_id") ? NullIfEmpty(item.Texts.ProductId) : null,
            isUrl && fields.Has("url") ? location : null,
            !isUrl && fields.Has("path") ? location : null,
            fields.Has("tags") ? NullIfEmpty(item.Texts.Tags) : null,
            fields.Has("brief") ? NullIfEmpty(item.Texts.Brief) : null,
            item.Texts.Attributes is { } attributes && fields.Has("attributes") ? new RawJson(attributes) : null,
            fields.Has("created") ? WireTime.Of(item.Created) : null,
            fields.Has("modified") ? WireTime.Of(item.Modified) : null,
            Vector: item.Vectors is { } vectors ? VectorText.Of(vectors.Whole) : null,
            MainObjectVector: item.Vectors?.MainObject is { } mainObject ? VectorText.Of(mainObject) : null);
    }

    /// <summary>A line of an export. Its members are those of a line of an import, so an export imports again.</summary>
    public static ItemAnswer OfExport(Item item) =>
        Of(item) with { Model = item.Vectors is { } vectors ? VectorText.NameOf(vectors.Model) : null };

    // url and path of an item are one column of the documented tables.
    private static bool IsUrl(string? location) =>
        location is not null
        && (location.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || location.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>A page of items.</summary>
internal sealed record ItemsAnswer(
    [property: JsonPropertyName("items")] IReadOnlyList<ItemAnswer> Items,
    [property: JsonPropertyName("next_cursor")] string? NextCursor);
