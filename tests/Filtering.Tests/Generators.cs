using FsCheck;
using FsCheck.Fluent;

namespace ImageSearch.Filtering.Tests;

/// <summary>Random filters and items over few values, so that many match.</summary>
internal static class Generators
{
    // The pairs around U+E000 and beyond the basic plane are those that UTF-16 orders differently.
    private static readonly string[] Texts =
        ["a", "b", "ab", "aé", "a\"b", "a\\n", "a\nb", "é", "中", "中文", "\uD7FF", "\uE000", "～", "😀", "😀a", "\U0010FFFF", "'", "\u0001"];

    private static readonly double[] Numbers = [-1.5, 0, 1, 2, 100, 0.1, 1e300, -1e-7, 9007199254740993];

    private static readonly DateTimeOffset[] Dates =
        [new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 11, 1, 10, 0, 0, 1, TimeSpan.Zero), new(1969, 12, 31, 23, 59, 59, 999, TimeSpan.Zero), DateTimeOffset.MinValue];

    private static readonly object[] ValuesOfAnyType = [7, "x", true, Texts, new Dictionary<string, int> { ["brand"] = 1 }];

    private static Gen<string> Text => Gen.Elements(Texts);

    private static Gen<string[]> TextList => Text.NonEmptyListOf().Select(texts => texts.Take(4).Distinct().ToArray());

    private static Gen<string> Tags =>
        from parts in Text.NonEmptyListOf()
        from separator in Gen.Elements(",", ";", "，", "；", " ", "\u3000", ", ")
        select string.Join(separator, parts.Take(4));

    private static Gen<object> Value(FilterField field) => (field.Kind, field.Type) switch
    {
        (FieldKind.Id, _) => Gen.Elements(0L, 1L, 2L, 100L).Select(id => (object)(double)id),
        (FieldKind.Tags, _) => Tags.Select(tags => (object)tags),
        (_, AttributeType.String) => Text.Select(text => (object)text),
        (_, AttributeType.Number) => Gen.Elements(Numbers).Select(number => (object)number),
        (_, AttributeType.Boolean) => Gen.Elements(true, false).Select(value => (object)value),
        (_, AttributeType.Date) => Gen.Elements(Dates).Select(date => (object)date),
        _ => TextList.Select(list => (object)list),
    };

    private static Gen<FilterValue> Literal(FilterField field) => Value(field).Select(value => value switch
    {
        string text => FilterValue.Of(text),
        double number => FilterValue.Of(number),
        bool boolean => FilterValue.Of(boolean),
        _ => FilterValue.Of((DateTimeOffset)value),
    });

    private static Gen<Filter> Condition => Gen.Elements<FilterField>([.. Samples.Fields]).SelectMany(ConditionOn);

    private static Gen<Filter> ConditionOn(FilterField field)
    {
        var exists = Gen.Constant<Filter>(new Exists(field));
        var has = Text.Where(text => !TagParts.HasSeparator(text)).Select(text => (Filter)new Has(field, text));
        if (field.Type == AttributeType.StringList) return Gen.Frequency((1, exists), (4, has));

        var comparison =
            from relation in Gen.Elements(Enum.GetValues<Relation>())
            from value in Literal(field)
            select (Filter)new Comparison(field, relation, value);
        var oneOf = Literal(field).NonEmptyListOf().Select(values => (Filter)new OneOf(field, [.. values]));
        var starts = Text.Select(text => (Filter)new StartsWith(field, text));
        return Gen.Frequency(
            (1, exists), (4, comparison), (2, oneOf), (field.Type == AttributeType.String ? 2 : 0, starts), (field.Kind == FieldKind.Tags ? 4 : 0, has));
    }

    public static Gen<Filter> Filter { get; } = FilterOf(depth: 4);

    private static Gen<Filter> FilterOf(int depth)
    {
        if (depth == 0) return Condition;
        var inner = FilterOf(depth - 1);
        var terms =
            from count in Gen.Choose(2, 3)
            from filters in inner.ArrayOf(count)
            select (IReadOnlyList<Filter>)filters;
        return Gen.Frequency(
            (2, Condition),
            (1, terms.Select(list => (Filter)new AllOf(list))),
            (1, terms.Select(list => (Filter)new AnyOf(list))),
            (1, inner.Select(term => (Filter)new Negation(term))));
    }

    /// <summary>Items: a field has no value, an empty one, one of the type or, if it is an attribute, one of another type.</summary>
    public static Gen<SampleItem> Item { get; } =
        from values in Gen.CollectToArray(Samples.Fields.Select(Stored))
        from escaped in Gen.Elements(true, false)
        select SampleItem.Create(values, escaped);

    private static Gen<SampleField> Stored(FilterField field)
    {
        var given = Value(field).Select(value => new SampleField(field, value, value));
        if (field.Kind == FieldKind.Id) return given;
        var absent = Gen.Constant(new SampleField(field, null, null));
        var empty = Gen.Constant(new SampleField(field, null, field.Type == AttributeType.StringList ? Array.Empty<string>() : ""));
        var other = Gen.Elements(ValuesOfAnyType).Where(stored => stored.GetType() != TypeOf(field.Type)).Select(stored => new SampleField(field, null, stored));
        return field.Kind == FieldKind.Attribute
            ? Gen.Frequency((8, given), (1, absent), (1, empty), (1, other))
            : Gen.Frequency((8, given), (1, absent), (field.Type == AttributeType.String ? 1 : 0, empty));
    }

    private static Type? TypeOf(AttributeType type) => type switch
    {
        AttributeType.String => typeof(string),
        AttributeType.Number => typeof(int),
        AttributeType.Boolean => typeof(bool),
        AttributeType.StringList => typeof(string[]),
        _ => null,
    };
}
