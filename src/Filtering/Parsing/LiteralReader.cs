using System.Globalization;
using ImageSearch.Filtering.Text;
using Superpower.Model;

namespace ImageSearch.Filtering.Parsing;

/// <summary>Reads the values that a field is compared with.</summary>
internal sealed class LiteralReader(FilterField field, FilterFaults faults)
{
    public const string DateExamples = "\"2026-11-01\" or \"2026-11-01T10:00:00Z\"";

    private readonly int _maxLength = field.Kind == FieldKind.Attribute ? AttributeDefinition.MaxStringLength : FilterParser.MaxTextLength;

    private readonly string _name = FilterFields.NameOf(field);

    public Result<FilterValue> Read(Token<FilterToken> token) => (field.Type, token.Kind) switch
    {
        (AttributeType.String, FilterToken.Text) => ReadText(token),
        (AttributeType.Number, FilterToken.Number) => ReadNumber(token),
        (AttributeType.Boolean, FilterToken.True) => FilterValue.Of(true),
        (AttributeType.Boolean, FilterToken.False) => FilterValue.Of(false),
        (AttributeType.Date, FilterToken.Text) => ReadDate(token),
        _ => At(token, $"{_name} is {TypeNames.Of(field.Type)}, but {Show(token)} is {TypeNames.Of(TypeOf(token.Kind))}{Hint(token)}"),
    };

    private Result<FilterValue> ReadText(Token<FilterToken> token)
    {
        if (!Unquote(token).TryGet(out var text, out var failure)) return failure;
        if (text.Length == 0) return At(token, $"an empty string is no value; write {_name} EXISTS or NOT {_name} EXISTS");
        var length = UserText.Length(text);
        return length <= _maxLength
            ? FilterValue.Of(text)
            : At(token, $"{_name} is compared with a string of {length} characters; the maximum is {_maxLength}");
    }

    private Result<FilterValue> ReadNumber(Token<FilterToken> token)
    {
        var number = double.Parse(token.Span.ToStringValue(), NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? FilterValue.Of(number) : At(token, $"{Show(token)} is beyond the range of numbers, ±1.7e308");
    }

    private Result<FilterValue> ReadDate(Token<FilterToken> token)
    {
        if (!Unquote(token).TryGet(out var text, out var failure)) return failure;
        return DateText.TryParse(text, out var date)
            ? FilterValue.Of(date)
            : At(token, $"{_name} is a date, but {Show(token)} is none; write {DateExamples}");
    }

    private Result<string> Unquote(Token<FilterToken> token)
    {
        var (text, fault) = Quoted.Read(token.Span.ToStringValue());
        return text is null ? faults.At(token.Position.Absolute + fault.Offset, fault.Message) : text;
    }

    private Failure At(Token<FilterToken> token, string message) => faults.At(token.Position.Absolute, message);

    private string Hint(Token<FilterToken> token) => field.Type switch
    {
        AttributeType.Date => $"; write {DateExamples}",
        AttributeType.Boolean => "; write true or false",
        AttributeType.String => $"; write \"{Show(token)}\"",
        _ => "",
    };

    private static string Show(Token<FilterToken> token) => UserText.Show(token.Span.ToStringValue());

    private static AttributeType TypeOf(FilterToken kind) => kind switch
    {
        FilterToken.Text => AttributeType.String,
        FilterToken.Number => AttributeType.Number,
        _ => AttributeType.Boolean,
    };
}
