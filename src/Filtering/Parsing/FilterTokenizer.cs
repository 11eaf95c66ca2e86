using System.Text.RegularExpressions;
using ImageSearch.Filtering.Text;
using Superpower;
using Superpower.Model;
using Tokens = Superpower.Model;

namespace ImageSearch.Filtering.Parsing;

/// <summary>Splits the text of a filter into words. A failure's message is for clients.</summary>
internal sealed partial class FilterTokenizer : Tokenizer<FilterToken>
{
    private static readonly Dictionary<string, FilterToken> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["and"] = FilterToken.And,
        ["or"] = FilterToken.Or,
        ["not"] = FilterToken.Not,
        ["in"] = FilterToken.In,
        ["has"] = FilterToken.Has,
        ["exists"] = FilterToken.Exists,
        ["starts"] = FilterToken.Starts,
        ["with"] = FilterToken.With,
        ["true"] = FilterToken.True,
        ["false"] = FilterToken.False,
    };

    protected override IEnumerable<Tokens.Result<FilterToken>> Tokenize(TextSpan span)
    {
        for (var rest = SkipSpace(span); !rest.IsAtEnd; rest = SkipSpace(rest))
        {
            var text = rest.Source!;
            var start = rest.Position.Absolute;
            var (length, kind, fault) = text[start] switch
            {
                '"' or '\'' => ReadString(text, start),
                '-' or '+' or '.' or (>= '0' and <= '9') => ReadNumber(text, start),
                '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => ReadWord(text, start),
                _ => ReadSymbol(text, start),
            };
            if (fault is not null)
            {
                yield return Tokens.Result.Empty<FilterToken>(rest, fault);
                yield break;
            }

            var next = rest.Skip(length);
            yield return Tokens.Result.Value(kind, rest, next);
            rest = next;
        }
    }

    private static TextSpan SkipSpace(TextSpan span) =>
        span.Skip(span.IsAtEnd ? 0 : Run(span.Source!, span.Position.Absolute, char.IsWhiteSpace));

    private static (int Length, FilterToken Kind, string? Fault) ReadString(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && text[end] != text[start]) end += text[end] == '\\' ? 2 : 1;
        return end < text.Length ? (end + 1 - start, FilterToken.Text, null) : (0, default, $"the string has no closing {text[start]}");
    }

    private static (int Length, FilterToken Kind, string? Fault) ReadNumber(string text, int start)
    {
        var length = Run(text, start, unit => char.IsAsciiLetterOrDigit(unit) || unit is '+' or '-' or '.' or '_');
        var number = text.AsSpan(start, length);
        return JsonNumber().IsMatch(number)
            ? (length, FilterToken.Number, null)
            : (0, default, $"{UserText.Show(number)} is not a number as JSON writes it, such as 100, -0.5 or 1e6");
    }

    private static (int Length, FilterToken Kind, string? Fault) ReadWord(string text, int start)
    {
        var length = Run(text, start, unit => char.IsAsciiLetterOrDigit(unit) || unit == '_');
        return (length, Words.GetValueOrDefault(text.Substring(start, length), FilterToken.Name), null);
    }

    private static (int Length, FilterToken Kind, string? Fault) ReadSymbol(string text, int start)
    {
        var next = start + 1 < text.Length ? text[start + 1] : '\0';
        return (text[start], next) switch
        {
            ('=', '=') => (0, default, "write = instead of =="),
            ('=', _) => (1, FilterToken.Equal, null),
            ('!', '=') => (2, FilterToken.NotEqual, null),
            ('!', _) => (0, default, "write NOT instead of !"),
            ('<', '=') => (2, FilterToken.LessOrEqual, null),
            ('<', '>') => (0, default, "write != instead of <>"),
            ('<', _) => (1, FilterToken.Less, null),
            ('>', '=') => (2, FilterToken.GreaterOrEqual, null),
            ('>', _) => (1, FilterToken.Greater, null),
            ('(', _) => (1, FilterToken.Open, null),
            (')', _) => (1, FilterToken.Close, null),
            (',', _) => (1, FilterToken.Comma, null),
            ('&', _) => (0, default, "write AND instead of &"),
            ('|', _) => (0, default, "write OR instead of |"),
            _ => (0, default, $"unexpected character {UserText.Show(text.AsSpan(start, char.IsSurrogatePair(text[start], next) ? 2 : 1))}"),
        };
    }

    private static int Run(string text, int start, Func<char, bool> belongs)
    {
        var end = start;
        while (end < text.Length && belongs(text[end])) end++;
        return end - start;
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex JsonNumber();
}
