using Superpower.Display;

namespace ImageSearch.Filtering.Parsing;

/// <summary>The words of the language. Examples and descriptions are how messages say what is expected.</summary>
internal enum FilterToken
{
    [Token(Description = "a field")]
    Name,

    [Token(Example = "AND")]
    And,

    [Token(Example = "OR")]
    Or,

    [Token(Example = "NOT")]
    Not,

    [Token(Example = "IN")]
    In,

    [Token(Example = "HAS")]
    Has,

    [Token(Example = "EXISTS")]
    Exists,

    [Token(Example = "STARTS WITH")]
    Starts,

    [Token(Example = "WITH")]
    With,

    [Token(Example = "true")]
    True,

    [Token(Example = "false")]
    False,

    [Token(Description = "a string in quotes")]
    Text,

    [Token(Description = "a number")]
    Number,

    [Token(Example = "=")]
    Equal,

    [Token(Example = "!=")]
    NotEqual,

    [Token(Example = "<")]
    Less,

    [Token(Example = "<=")]
    LessOrEqual,

    [Token(Example = ">")]
    Greater,

    [Token(Example = ">=")]
    GreaterOrEqual,

    [Token(Example = "(")]
    Open,

    [Token(Example = ")")]
    Close,

    [Token(Example = ",")]
    Comma,
}
