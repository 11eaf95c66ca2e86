using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ImageSearch.Filtering.Tests;

/// <summary>A field of an item.</summary>
/// <param name="Field">The field.</param>
/// <param name="Value">What a filter sees: string, double, bool, DateTimeOffset, string[] or null.</param>
/// <param name="Stored">What is stored.</param>
internal sealed record SampleField(FilterField Field, object? Value, object? Stored);

/// <summary>An item with the values that a filter sees.</summary>
internal sealed record SampleItem(Item Item, IReadOnlyDictionary<FilterField, object?> Values)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="fields">All fields.</param>
    /// <param name="escaped">Whether the JSON of the attributes escapes all characters beyond ASCII.</param>
    public static SampleItem Create(SampleField[] fields, bool escaped)
    {
        string? Text(string name) => (string?)fields.Single(field => FilterFields.NameOf(field.Field) == name).Stored;
        string? Column(string name) => fields.Single(field => FilterFields.NameOf(field.Field) == name).Stored is DateTimeOffset date
            ? date.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)
            : null;

        var texts = new PictureTexts(Text("tags"), Text("brief"), Text("key"), Text("path"))
        {
            ProductId = Text("product_id"),
            Attributes = Json(fields, escaped),
        };
        var id = (long)(double)fields.Single(field => field.Field.Kind == FieldKind.Id).Stored!;
        return new SampleItem(
            new Item(id, 1, texts, Column("created"), Column("modified")), fields.ToDictionary(field => field.Field, field => field.Value));
    }

    public override string ToString() => JsonSerializer.Serialize(Item);

    private static string? Json(SampleField[] fields, bool escaped)
    {
        var attributes = fields.Where(field => field.Field.Kind == FieldKind.Attribute && field.Stored is not null).ToDictionary(
            field => field.Field.Attribute!.Name,
            field => field.Stored is DateTimeOffset date ? date.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture) : field.Stored);
        return attributes.Count == 0
            ? null
            : JsonSerializer.Serialize(attributes, escaped ? JsonSerializerOptions.Default : Relaxed);
    }
}
