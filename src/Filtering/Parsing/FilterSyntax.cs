using Superpower.Model;

namespace ImageSearch.Filtering.Parsing;

/// <summary>What a filter's text says, before fields and types are looked up.</summary>
internal abstract record FilterSyntax;

/// <summary>Terms joined by AND or by OR.</summary>
internal sealed record GroupSyntax(FilterToken Word, FilterSyntax[] Terms) : FilterSyntax;

/// <summary>NOT.</summary>
internal sealed record NotSyntax(FilterSyntax Term) : FilterSyntax;

/// <summary>A field, an operator and its values.</summary>
internal sealed record ConditionSyntax(Token<FilterToken> Field, Token<FilterToken> Operator, Token<FilterToken>[] Values) : FilterSyntax;
