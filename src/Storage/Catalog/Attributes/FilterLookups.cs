using ImageSearch.Filtering;

namespace ImageSearch.Storage.Catalog.Attributes;

/// <summary>
/// Turns a filter into lookups in a catalog's indexes, which find every row that matches and maybe others. A part that no index serves, such
/// as a negation, is left out of a conjunction and makes a disjunction unusable.
/// </summary>
internal static class FilterLookups
{
    /// <summary>The name of the index of keys in lookups.</summary>
    public const string Key = "key";

    // Above it, several ids are the same double.
    private const double MaxExactId = 1L << 53;

    /// <summary>The lookups of a filter; null if no index narrows it.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="serves">Whether an attribute or product_id has an index that is complete and holds values of the field's type.</param>
    public static IndexLookup? Of(Filter filter, Func<FilterField, bool> serves) => filter switch
    {
        AllOf all => All([.. all.Terms.Select(term => Of(term, serves)).OfType<IndexLookup>()]),
        AnyOf any => Any([.. any.Terms.Select(term => Of(term, serves))]),
        Comparison { Field.Kind: FieldKind.Id, Relation: Relation.Equal } same => Ids([same.Value]),
        OneOf { Field.Kind: FieldKind.Id } some => Ids(some.Values),
        Comparison { Relation: Relation.Equal } same => Values(same.Field, [same.Value], serves),
        OneOf some => Values(some.Field, some.Values, serves),
        Has has => Values(has.Field, [FilterValue.Of(has.Text)], serves),
        Comparison other => Range(other, serves),
        StartsWith starts => Prefix(starts, serves),
        Exists exists => IndexOf(exists.Field, serves) is { } index ? new RangeLookup(index, IsText(exists.Field), null, null) : null,
        _ => null,
    };

    private static IndexLookup? All(List<IndexLookup> terms)
    {
        var merged = new List<IndexLookup>(terms.Count);
        foreach (var term in terms.SelectMany(term => term is AllLookups all ? all.Terms : [term]))
        {
            // Two bounds of one attribute are one range of its index: a field that is compared is no list, so that both have one value.
            var same = term is RangeLookup ? merged.FindIndex(other => other is RangeLookup range && range.Index == ((RangeLookup)term).Index) : -1;
            if (same < 0) merged.Add(term);
            else merged[same] = Merge((RangeLookup)merged[same], (RangeLookup)term);
        }

        return merged.Count switch { 0 => null, 1 => merged[0], _ => new AllLookups(merged) };
    }

    private static AnyLookup? Any(List<IndexLookup?> terms) =>
        terms.Contains(null) ? null : new AnyLookup([.. terms.OfType<IndexLookup>()]);

    // Rows are tested again, so that either of two bounds would do.
    private static RangeLookup Merge(RangeLookup one, RangeLookup other) => one with
    {
        From = Tighter(one.From, other.From, 1),
        To = Tighter(one.To, other.To, -1),
    };

    private static ValueBound? Tighter(ValueBound? one, ValueBound? other, int sign)
    {
        if (one is not { } first || other is not { } second) return one ?? other;
        var order = first.Value.Text is { } text
            ? string.CompareOrdinal(text, second.Value.Text)
            : first.Value.Number.CompareTo(second.Value.Number);
        return Math.Sign(order) == -sign ? other : one;
    }

    private static IdLookup? Ids(IReadOnlyList<FilterValue> values) =>
        values.All(value => Math.Abs(value.Number) < MaxExactId)
            ? new IdLookup([.. values.Where(value => double.IsInteger(value.Number)).Select(value => (long)value.Number).Distinct()])
            : null;

    private static ValueLookup? Values(FilterField field, IReadOnlyList<FilterValue> values, Func<FilterField, bool> serves) =>
        IndexOf(field, serves) is { } index ? new ValueLookup(index, [.. values.Select(Indexed).Distinct()]) : null;

    private static RangeLookup? Range(Comparison comparison, Func<FilterField, bool> serves)
    {
        if (IndexOf(comparison.Field, serves) is not { } index) return null;
        var bound = new ValueBound(Indexed(comparison.Value), comparison.Relation is Relation.LessOrEqual or Relation.GreaterOrEqual);
        var isLower = comparison.Relation is Relation.Greater or Relation.GreaterOrEqual;
        return new RangeLookup(index, IsText(comparison.Field), isLower ? bound : null, isLower ? null : bound);
    }

    private static RangeLookup? Prefix(StartsWith starts, Func<FilterField, bool> serves) =>
        IndexOf(starts.Field, serves) is { } index && TextPrefix.IsText(starts.Text)
            ? new RangeLookup(
                index,
                IsText: true,
                new ValueBound(IndexedValue.Of(starts.Text), Inclusive: true),
                TextPrefix.End(starts.Text) is { } end ? new ValueBound(IndexedValue.Of(end), Inclusive: false) : null)
            : null;

    private static IndexedValue Indexed(FilterValue value) => value.Text is { } text ? IndexedValue.Of(text) : IndexedValue.Of(value.Number);

    private static bool IsText(FilterField field) => field.Type is AttributeType.String or AttributeType.StringList;

    private static string? IndexOf(FilterField field, Func<FilterField, bool> serves) => field switch
    {
        { Kind: FieldKind.Key } => Key,
        { Kind: FieldKind.ProductId } when serves(field) => AttributeEntry.ProductId,
        { Kind: FieldKind.Attribute, Attribute: { } attribute } when serves(field) => attribute.Name,
        _ => null,
    };
}
