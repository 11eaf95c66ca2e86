using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace ImageSearch.Filtering.Parsing;

/// <summary>
/// The grammar. Each alternative is known by its first token, so nothing is parsed twice. It recurses for brackets and NOTs, whose depth is
/// limited before.
/// </summary>
internal static class FilterGrammar
{
    private static readonly TokenListParser<FilterToken, Token<FilterToken>> Value =
        AnyToken(FilterToken.Text, FilterToken.Number, FilterToken.True, FilterToken.False).Named("a value");

    private static readonly TokenListParser<FilterToken, Token<FilterToken>> Relation = AnyToken(
        FilterToken.Equal,
        FilterToken.NotEqual,
        FilterToken.Less,
        FilterToken.LessOrEqual,
        FilterToken.Greater,
        FilterToken.GreaterOrEqual);

    private static readonly TokenListParser<FilterToken, Token<FilterToken>[]> List =
        from open in Token.EqualTo(FilterToken.Open)
        from values in Value.AtLeastOnceDelimitedBy(Token.EqualTo(FilterToken.Comma))
        from close in Token.EqualTo(FilterToken.Close).Named(", or )")
        select values;

    private static readonly TokenListParser<FilterToken, (Token<FilterToken> Operator, Token<FilterToken>[] Values)> Operation =
        Relation.Or(Token.EqualTo(FilterToken.Has)).Then(word => Value.Select(value => (word, new[] { value })))
            .Or(Token.EqualTo(FilterToken.In).Then(word => List.Select(values => (word, values))))
            .Or(Token.EqualTo(FilterToken.Exists).Select(word => (word, Array.Empty<Token<FilterToken>>())))
            .Or(Token.EqualTo(FilterToken.Starts).Then(word =>
                Token.EqualTo(FilterToken.With).IgnoreThen(Value).Select(value => (word, new[] { value }))));

    private static readonly TokenListParser<FilterToken, FilterSyntax> Condition =
        from field in Token.EqualTo(FilterToken.Name)
        from operation in Operation
        select (FilterSyntax)new ConditionSyntax(field, operation.Operator, operation.Values);

    private static readonly TokenListParser<FilterToken, FilterSyntax> Brackets =
        from open in Token.EqualTo(FilterToken.Open)
        from inner in Parse.Ref(() => Disjunction!)
        from close in Token.EqualTo(FilterToken.Close).Named("AND, OR or )")
        select inner;

    private static readonly TokenListParser<FilterToken, FilterSyntax> Term = Condition
        .Or(Token.EqualTo(FilterToken.Not).IgnoreThen(Parse.Ref(() => Term!)).Select(term => (FilterSyntax)new NotSyntax(term)))
        .Or(Brackets);

    private static readonly TokenListParser<FilterToken, FilterSyntax> Conjunction = Join(Term, FilterToken.And);

    private static readonly TokenListParser<FilterToken, FilterSyntax> Disjunction = Join(Conjunction, FilterToken.Or);

    /// <summary>A whole filter.</summary>
    public static TokenListParser<FilterToken, FilterSyntax> Filter { get; } = Disjunction.AtEnd();

    private static TokenListParser<FilterToken, FilterSyntax> Join(TokenListParser<FilterToken, FilterSyntax> term, FilterToken word) =>
        term.AtLeastOnceDelimitedBy(Token.EqualTo(word)).Select(terms => terms.Length == 1 ? terms[0] : new GroupSyntax(word, terms));

    private static TokenListParser<FilterToken, Token<FilterToken>> AnyToken(params FilterToken[] kinds) =>
        kinds.Select(kind => Token.EqualTo(kind)).Aggregate((a, b) => a.Or(b));
}
