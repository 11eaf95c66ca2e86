using System.Globalization;
using ImageSearch.Filtering;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>A schema with an indexed attribute of each type and one that is not indexed, with its filters and values.</summary>
internal static class Fields
{
    public static readonly AttributeDefinition Brand = new("brand", AttributeType.String, true);
    public static readonly AttributeDefinition Price = new("price", AttributeType.Number, true);
    public static readonly AttributeDefinition Stocked = new("stocked", AttributeType.Boolean, true);
    public static readonly AttributeDefinition Seen = new("seen", AttributeType.Date, true);
    public static readonly AttributeDefinition Labels = new("labels", AttributeType.StringList, true);
    public static readonly AttributeDefinition Note = new("note", AttributeType.String, false);

    public static readonly TableSettings Settings = TableSettings.Default with { Attributes = [Brand, Price, Stocked, Seen, Labels, Note] };

    public static readonly FilterField Id = new(FieldKind.Id, AttributeType.Number);
    public static readonly FilterField Key = new(FieldKind.Key, AttributeType.String);
    public static readonly FilterField ProductId = new(FieldKind.ProductId, AttributeType.String);
    public static readonly FilterField Tags = new(FieldKind.Tags, AttributeType.StringList);
    public static readonly FilterField Created = new(FieldKind.Created, AttributeType.Date);
    public static readonly FilterField Modified = new(FieldKind.Modified, AttributeType.Date);

    public static FilterField Of(AttributeDefinition attribute) => new(FieldKind.Attribute, attribute.Type, attribute);

    public static Filter Is(AttributeDefinition attribute, string value) => Is(Of(attribute), FilterValue.Of(value));

    public static Filter Is(AttributeDefinition attribute, double value) => Is(Of(attribute), FilterValue.Of(value));

    public static Filter Is(FilterField field, FilterValue value) => new Comparison(field, Relation.Equal, value);

    public static Filter Compare(AttributeDefinition attribute, Relation relation, double value) =>
        new Comparison(Of(attribute), relation, FilterValue.Of(value));

    public static Filter Has(string label) => new Has(Of(Labels), label);

    public static Filter All(params Filter[] terms) => new AllOf(terms);

    public static Filter Any(params Filter[] terms) => new AnyOf(terms);

    public static Filter Not(Filter term) => new Negation(term);

    /// <summary>Attributes as they are stored. The texts have nothing to escape.</summary>
    public static string? Attributes(
        string? brand = null, double? price = null, bool? stocked = null, DateTimeOffset? seen = null, string[]? labels = null, string? note = null)
    {
        List<string> members = [];
        if (brand is not null) members.Add($"\"brand\":\"{brand}\"");
        if (price is { } number) members.Add(string.Create(CultureInfo.InvariantCulture, $"\"price\":{number:R}"));
        if (stocked is { } flag) members.Add(flag ? "\"stocked\":true" : "\"stocked\":false");
        if (seen is { } date) members.Add($"\"seen\":\"{DateText.OfAttribute(FilterValue.Of(date))}\"");
        if (labels is { Length: > 0 }) members.Add($"\"labels\":[{string.Join(',', labels.Select(label => $"\"{label}\""))}]");
        if (note is not null) members.Add($"\"note\":\"{note}\"");
        return members.Count == 0 ? null : $"{{{string.Join(',', members)}}}";
    }

    /// <summary>An item to put.</summary>
    public static ItemPut Put(
        string? key = null, string? attributes = null, string? product = null, int seed = 1, KeyRule rule = KeyRule.Replace,
        ItemCondition? condition = null, string? tags = null) =>
        new(
            new PictureVectors(Rows.Model, Rows.Vector(seed)),
            new PictureTexts(tags, Key: key) { ProductId = product, Attributes = attributes },
            rule,
            condition);

    /// <summary>A change of one field.</summary>
    public static FieldChanges Set(string field, PictureTexts values) => new() { Set = [field], Values = values };
}
