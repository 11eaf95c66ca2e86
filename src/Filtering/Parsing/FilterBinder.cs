using ImageSearch.Filtering.Text;
using Superpower.Model;

namespace ImageSearch.Filtering.Parsing;

/// <summary>Looks up the fields of a filter and checks its values against their types.</summary>
internal sealed class FilterBinder(IReadOnlyList<AttributeDefinition> schema, FilterFaults faults)
{
    private int _conditions;

    public Result<Filter> Bind(FilterSyntax syntax) => syntax switch
    {
        GroupSyntax group => BindGroup(group),
        NotSyntax not => Bind(not.Term).TryGet(out var term, out var failure) ? new Negation(term) : failure,
        _ => BindCondition((ConditionSyntax)syntax),
    };

    private Result<Filter> BindGroup(GroupSyntax group)
    {
        var terms = new List<Filter>(group.Terms.Length);
        foreach (var syntax in group.Terms)
        {
            if (!Bind(syntax).TryGet(out var term, out var failure)) return failure;
            terms.Add(term);
        }

        return group.Word == FilterToken.And ? new AllOf(terms) : new AnyOf(terms);
    }

    private Result<Filter> BindCondition(ConditionSyntax condition)
    {
        var start = condition.Field.Position.Absolute;
        if (++_conditions > FilterParser.MaxConditions)
            return faults.At(start, $"the filter has more than {FilterParser.MaxConditions} conditions, the maximum");
        if (!FilterFields.Parse(condition.Field.ToStringValue(), schema).TryGet(out var field, out var unknown))
            return faults.At(start, unknown.Message);
        if (NotAllowed(field, condition.Operator.Kind) is { } reason)
            return faults.At(condition.Operator.Position.Absolute, reason);
        if (condition.Values.Length > FilterParser.MaxValues)
        {
            return faults.At(
                condition.Values[FilterParser.MaxValues].Position.Absolute,
                $"IN has {condition.Values.Length} values; the maximum is {FilterParser.MaxValues}");
        }

        return BindValues(field, condition);
    }

    private Result<Filter> BindValues(FilterField field, ConditionSyntax condition)
    {
        // A list is compared with its strings, one by one.
        var element = field.Type == AttributeType.StringList ? field with { Type = AttributeType.String } : field;
        var literals = new LiteralReader(element, faults);
        var values = new List<FilterValue>(condition.Values.Length);
        foreach (var token in condition.Values)
        {
            if (!literals.Read(token).TryGet(out var value, out var failure)) return failure;
            values.Add(value);
        }

        return condition.Operator.Kind switch
        {
            FilterToken.Exists => new Exists(field),
            FilterToken.In => new OneOf(field, values),
            FilterToken.Has => CreateHas(field, values[0].Text!, condition.Values[0]),
            FilterToken.Starts => new StartsWith(field, values[0].Text!),
            FilterToken.NotEqual => new Negation(new Comparison(field, Relation.Equal, values[0])),
            var symbol => new Comparison(field, RelationOf(symbol), values[0]),
        };
    }

    private Result<Filter> CreateHas(FilterField field, string text, Token<FilterToken> token) =>
        field.Kind == FieldKind.Tags && TagParts.HasSeparator(text)
            ? faults.At(
                token.Position.Absolute,
                "white space, commas and semicolons separate tags, so that no tag contains them; use = for the whole text")
            : new Has(field, text);

    private static string? NotAllowed(FilterField field, FilterToken symbol)
    {
        var name = FilterFields.NameOf(field);
        var type = TypeNames.Of(field.Type);
        return symbol switch
        {
            FilterToken.Exists => null,
            FilterToken.Has => field.Type == AttributeType.StringList || field.Kind == FieldKind.Tags
                ? null
                : $"{name} is {type}; HAS is for tags and lists of strings",
            _ when field.Type == AttributeType.StringList => $"{name} is {type}; use HAS or EXISTS",
            FilterToken.Starts => field.Type == AttributeType.String ? null : $"{name} is {type}; STARTS WITH is for strings",
            _ => null,
        };
    }

    private static Relation RelationOf(FilterToken symbol) => symbol switch
    {
        FilterToken.Less => Relation.Less,
        FilterToken.LessOrEqual => Relation.LessOrEqual,
        FilterToken.Greater => Relation.Greater,
        FilterToken.GreaterOrEqual => Relation.GreaterOrEqual,
        _ => Relation.Equal,
    };
}
