using System.Text;
using ImageSearch.Filtering.Text;

namespace ImageSearch.Filtering;

/// <summary>Writes filters as text.</summary>
public static class FilterText
{
    /// <summary>The text that <see cref="FilterParser"/> reads as an equal filter.</summary>
    public static string Write(Filter filter) => Append(new StringBuilder(), filter).ToString();

    private static StringBuilder Append(StringBuilder text, Filter filter) => filter switch
    {
        AllOf all => AppendTerms(text, all.Terms, " AND "),
        AnyOf any => AppendTerms(text, any.Terms, " OR "),
        Negation { Term: Comparison { Relation: Relation.Equal } equal } => AppendComparison(text, equal, "!="),
        Negation not => AppendTerm(text.Append("NOT "), not.Term, isGrouped: not.Term is AllOf or AnyOf),
        Comparison comparison => AppendComparison(text, comparison, Symbol(comparison.Relation)),
        OneOf oneOf => AppendValues(AppendField(text, oneOf.Field).Append(" IN ("), oneOf.Values).Append(')'),
        Has has => AppendField(text, has.Field).Append(" HAS ").AppendString(has.Text),
        Exists exists => AppendField(text, exists.Field).Append(" EXISTS"),
        StartsWith starts => AppendField(text, starts.Field).Append(" STARTS WITH ").AppendString(starts.Text),
        _ => throw new ArgumentException($"unknown filter {filter.GetType().Name}", nameof(filter)),
    };

    private static StringBuilder AppendTerms(StringBuilder text, IReadOnlyList<Filter> terms, string word)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            if (i > 0) text.Append(word);

            // AND binds closer than OR. A group in a group of its own kind keeps its brackets, so that the tree stays the same.
            AppendTerm(text, terms[i], isGrouped: terms[i] is AnyOf || (terms[i] is AllOf && word == " AND "));
        }

        return text;
    }

    private static StringBuilder AppendTerm(StringBuilder text, Filter term, bool isGrouped) =>
        isGrouped ? Append(text.Append('('), term).Append(')') : Append(text, term);

    private static StringBuilder AppendComparison(StringBuilder text, Comparison comparison, string symbol) =>
        AppendValue(AppendField(text, comparison.Field).Append(' ').Append(symbol).Append(' '), comparison.Value);

    private static StringBuilder AppendValues(StringBuilder text, IReadOnlyList<FilterValue> values)
    {
        for (var i = 0; i < values.Count; i++) AppendValue(i == 0 ? text : text.Append(", "), values[i]);
        return text;
    }

    private static StringBuilder AppendField(StringBuilder text, FilterField field) => text.Append(FilterFields.NameOf(field));

    private static StringBuilder AppendValue(StringBuilder text, FilterValue value) => value.Type switch
    {
        AttributeType.String => text.AppendString(value.Text!),
        AttributeType.Boolean => text.Append(value.Number != 0 ? "true" : "false"),
        AttributeType.Date => text.AppendString(DateText.OfAttribute(value)),
        _ => text.Append(JsonText.Of(value.Number)),
    };

    private static string Symbol(Relation relation) => relation switch
    {
        Relation.Equal => "=",
        Relation.Less => "<",
        Relation.LessOrEqual => "<=",
        Relation.Greater => ">",
        _ => ">=",
    };
}
