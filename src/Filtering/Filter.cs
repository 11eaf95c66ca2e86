namespace ImageSearch.Filtering;

/// <summary>A condition on an item's fields. A comparison with a field that has no value is false.</summary>
public abstract record Filter;

/// <summary>All terms hold.</summary>
/// <param name="Terms">Two or more.</param>
public sealed record AllOf(IReadOnlyList<Filter> Terms) : Filter;

/// <summary>At least one term holds.</summary>
/// <param name="Terms">Two or more.</param>
public sealed record AnyOf(IReadOnlyList<Filter> Terms) : Filter;

/// <summary>The term does not hold.</summary>
/// <param name="Term">The term.</param>
public sealed record Negation(Filter Term) : Filter;

/// <summary>The field has a value in this relation to another. <c>!=</c> is the negation of <see cref="Relation.Equal"/>.</summary>
/// <param name="Field">A field that is no list.</param>
/// <param name="Relation">The relation.</param>
/// <param name="Value">A value of the field's type. Texts are compared by code points, false is less than true.</param>
public sealed record Comparison(FilterField Field, Relation Relation, FilterValue Value) : Filter;

/// <summary>The field equals one of the values.</summary>
/// <param name="Field">A field that is no list.</param>
/// <param name="Values">One or more values of the field's type.</param>
public sealed record OneOf(FilterField Field, IReadOnlyList<FilterValue> Values) : Filter;

/// <summary>A list, or the parts of tags, contain the text.</summary>
/// <param name="Field">An attribute that is a list of strings, or <see cref="FieldKind.Tags"/>.</param>
/// <param name="Text">The text.</param>
public sealed record Has(FilterField Field, string Text) : Filter;

/// <summary>The field has a value. An empty text or an empty list is none.</summary>
/// <param name="Field">Any field.</param>
public sealed record Exists(FilterField Field) : Filter;

/// <summary>The text begins with this one.</summary>
/// <param name="Field">A field of type string.</param>
/// <param name="Text">At least one character.</param>
public sealed record StartsWith(FilterField Field, string Text) : Filter;

/// <summary>The relation of a field to a value.</summary>
public enum Relation
{
    /// <summary>=.</summary>
    Equal,

    /// <summary>&lt;.</summary>
    Less,

    /// <summary>&lt;=.</summary>
    LessOrEqual,

    /// <summary>&gt;.</summary>
    Greater,

    /// <summary>&gt;=.</summary>
    GreaterOrEqual,
}

/// <summary>A field of items.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Attribute">The attribute, if it is one.</param>
public sealed record FilterField(FieldKind Kind, AttributeType Type, AttributeDefinition? Attribute = null)
{
    /// <summary>Whether items can be listed in the order of its values.</summary>
    public bool CanOrder => Kind switch
    {
        FieldKind.Id or FieldKind.Key or FieldKind.ProductId or FieldKind.Created or FieldKind.Modified => true,
        FieldKind.Attribute => Type != AttributeType.StringList,
        _ => false,
    };

    /// <summary>
    /// Whether clients may list in the order of its values: without the index of an attribute, every page would sort the table.
    /// </summary>
    public bool CanOrderPages => CanOrder && Attribute is not { Indexed: false };

    /// <summary>Whether hits can be grouped by its value.</summary>
    public bool CanGroup => Kind is FieldKind.ProductId or FieldKind.Attribute && Type != AttributeType.StringList;
}

/// <summary>The fields of items.</summary>
public enum FieldKind
{
    /// <summary>id, a number.</summary>
    Id,

    /// <summary>key.</summary>
    Key,

    /// <summary>product_id.</summary>
    ProductId,

    /// <summary>tags.</summary>
    Tags,

    /// <summary>brief.</summary>
    Brief,

    /// <summary>path, also where it is a URL.</summary>
    Path,

    /// <summary>created, a date.</summary>
    Created,

    /// <summary>modified, a date.</summary>
    Modified,

    /// <summary>An attribute of the table's schema.</summary>
    Attribute,
}

/// <summary>A value of a filter.</summary>
public readonly record struct FilterValue
{
    private FilterValue(AttributeType type, string? text, double number) => (Type, Text, Number) = (type, text, number);

    /// <summary>String, Number, Boolean or Date.</summary>
    public AttributeType Type { get; }

    /// <summary>The text of a string.</summary>
    public string? Text { get; }

    /// <summary>The number; 1 or 0 of a boolean; milliseconds since 1970 UTC of a date.</summary>
    public double Number { get; }

    /// <summary>A text.</summary>
    public static FilterValue Of(string text) => new(AttributeType.String, text, 0);

    /// <summary>A finite number.</summary>
    public static FilterValue Of(double number) => new(AttributeType.Number, null, number);

    /// <summary>A boolean.</summary>
    public static FilterValue Of(bool value) => new(AttributeType.Boolean, null, value ? 1 : 0);

    /// <summary>A date, cut to milliseconds.</summary>
    public static FilterValue Of(DateTimeOffset date) => new(AttributeType.Date, null, date.ToUnixTimeMilliseconds());
}
