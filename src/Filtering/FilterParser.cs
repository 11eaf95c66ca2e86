using ImageSearch.Filtering.Parsing;
using ImageSearch.Filtering.Text;
using Superpower.Model;

namespace ImageSearch.Filtering;

/// <summary>
/// Reads the text of a filter, such as <c>price &gt;= 100 AND NOT tags HAS "sale"</c>. docs/filters.md describes the language.
/// </summary>
public static class FilterParser
{
    /// <summary>Maximum length of a filter, in Unicode characters.</summary>
    public const int MaxLength = 4_000;

    /// <summary>Maximum depth of brackets and NOTs inside each other.</summary>
    public const int MaxDepth = 32;

    /// <summary>Maximum number of conditions.</summary>
    public const int MaxConditions = 200;

    /// <summary>Maximum number of values of one IN.</summary>
    public const int MaxValues = 1_000;

    /// <summary>Maximum length of a string that a field other than an attribute is compared with: that of the longest field.</summary>
    public const int MaxTextLength = PictureTexts.MaxFilePathLength;

    private static readonly FilterTokenizer Tokenizer = new();

    /// <summary>Reads a filter in time linear to its length.</summary>
    /// <param name="text">The text, from a client.</param>
    /// <param name="schema">The table's attributes.</param>
    /// <returns>
    /// The filter, or <see cref="FailureCode.FilterInvalid"/>; the message names the position, in Unicode characters from 1.
    /// </returns>
    public static Result<Filter> Parse(string text, IReadOnlyList<AttributeDefinition> schema)
    {
        // Two UTF-16 units are at most one character: a long text is not counted.
        var length = text.Length > 2 * MaxLength ? text.Length / 2 : UserText.Length(text);
        if (length > MaxLength)
            return new Failure(FailureCode.FilterInvalid, $"the filter is longer than {MaxLength} characters, the maximum");

        var faults = new FilterFaults(text);
        var tokens = Tokenizer.TryTokenize(text);
        if (!tokens.HasValue) return faults.At(tokens.ErrorPosition.Absolute, tokens.ErrorMessage!);
        if (FilterDepth.Check(tokens.Value, faults) is { } tooDeep) return tooDeep;

        var syntax = FilterGrammar.Filter(tokens.Value);
        return syntax.HasValue ? new FilterBinder(schema, faults).Bind(syntax.Value) : Unexpected(faults, syntax);
    }

    private static Failure Unexpected(FilterFaults faults, TokenListParserResult<FilterToken, FilterSyntax> syntax)
    {
        var found = syntax.Remainder.ConsumeToken();
        return faults.Unexpected(found.HasValue ? found.Value : null, syntax.Expectations ?? ["AND", "OR", "the end"]);
    }
}
