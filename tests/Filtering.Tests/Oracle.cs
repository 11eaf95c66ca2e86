namespace ImageSearch.Filtering.Tests;

/// <summary>What a filter means, said as directly as possible.</summary>
internal static class Oracle
{
    public static bool Holds(Filter filter, SampleItem item) => filter switch
    {
        AllOf all => all.Terms.All(term => Holds(term, item)),
        AnyOf any => any.Terms.Any(term => Holds(term, item)),
        Negation not => !Holds(not.Term, item),
        Exists exists => item.Values[exists.Field] is not null,
        OneOf oneOf => oneOf.Values.Any(value => Holds(new Comparison(oneOf.Field, Relation.Equal, value), item)),
        StartsWith starts => item.Values[starts.Field] is string text && text.StartsWith(starts.Text, StringComparison.Ordinal),
        Has { Field.Kind: FieldKind.Tags } has => item.Values[has.Field] is string tags
            && tags.Split([',', ';', '，', '；', ' ', '\u3000', '\n']).Contains(has.Text),
        Has has => item.Values[has.Field] is string[] list && list.Contains(has.Text),
        Comparison comparison => item.Values[comparison.Field] is { } value && Compare(comparison.Relation, Order(value, comparison.Value)),
        _ => throw new ArgumentException(filter.ToString()),
    };

    private static bool Compare(Relation relation, int order) => relation switch
    {
        Relation.Equal => order == 0,
        Relation.Less => order < 0,
        Relation.LessOrEqual => order <= 0,
        Relation.Greater => order > 0,
        _ => order >= 0,
    };

    private static int Order(object value, FilterValue other) => value switch
    {
        string text => OrderTexts(text, other.Text!),
        double number => number.CompareTo(other.Number),
        bool boolean => (boolean ? 1 : 0).CompareTo((int)other.Number),
        _ => ((DateTimeOffset)value).ToUnixTimeMilliseconds().CompareTo((long)other.Number),
    };

    private static int OrderTexts(string a, string b)
    {
        var first = a.EnumerateRunes().Select(rune => rune.Value).ToArray();
        var second = b.EnumerateRunes().Select(rune => rune.Value).ToArray();
        return first.AsSpan().SequenceCompareTo(second);
    }
}
