using ImageSearch.Filtering.Text;
using Superpower.Model;

namespace ImageSearch.Filtering.Parsing;

/// <summary>Words the failures of one filter.</summary>
internal sealed class FilterFaults(string text)
{
    /// <summary>A failure at an offset of the text.</summary>
    public Failure At(int offset, string message) =>
        new(FailureCode.FilterInvalid, $"position {UserText.Length(text.AsSpan(0, offset)) + 1}: {message}");

    /// <summary>A token that the grammar does not allow.</summary>
    /// <param name="found">The token; null at the end.</param>
    /// <param name="expected">What the grammar allows; names of tokens may be in backticks.</param>
    public Failure Unexpected(Token<FilterToken>? found, string[] expected)
    {
        var words = expected.Select(word => word.Trim('`')).Distinct().ToList();
        var list = words.Count == 1 ? words[0] : $"{string.Join(", ", words[..^1])} or {words[^1]}";
        var shown = found is { } token ? $"found {UserText.Show(token.Span.ToStringValue())}" : "the filter ends";
        return At(found?.Position.Absolute ?? text.Length, $"expected {list}, but {shown}{Hint(found, words)}");
    }

    private static string Hint(Token<FilterToken>? found, List<string> expected) => found?.Kind switch
    {
        FilterToken.Name when expected.Contains("a value") =>
            found.Value.ToStringValue().Equals("null", StringComparison.OrdinalIgnoreCase)
                ? "; write NOT … EXISTS to find items without a value"
                : "; write strings in quotes",
        FilterToken.Not when expected.Contains("IN") => "; write NOT before the field",
        FilterToken.Text when expected.Contains("a field") => "; write fields without quotes",
        _ => "",
    };
}
