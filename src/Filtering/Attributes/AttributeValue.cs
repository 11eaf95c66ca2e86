using System.Text;
using System.Text.Json;
using ImageSearch.Filtering.Parsing;
using ImageSearch.Filtering.Text;

namespace ImageSearch.Filtering.Attributes;

/// <summary>Validates one value and writes it as it is stored.</summary>
internal static class AttributeValue
{
    /// <returns>The JSON, or null if it is no value: null, an empty string or an empty list.</returns>
    public static Result<string?> Read(AttributeDefinition attribute, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return Result.Success<string?>(null);
        return (attribute.Type, value.ValueKind) switch
        {
            (AttributeType.String, JsonValueKind.String) => ReadText(attribute, value),
            (AttributeType.Number, JsonValueKind.Number) => ReadNumber(attribute, value),
            (AttributeType.Boolean, JsonValueKind.True or JsonValueKind.False) => value.GetRawText(),
            (AttributeType.Date, JsonValueKind.String) => ReadDate(attribute, value),
            (AttributeType.StringList, JsonValueKind.Array) => ReadList(attribute, value),
            _ => Invalid(attribute, $"must be {TypeNames.Of(attribute.Type)}, but it is {JsonNames.Of(value)}"),
        };
    }

    private static Result<string?> ReadText(AttributeDefinition attribute, JsonElement value)
    {
        if (!ReadText(Subject(attribute), value).TryGet(out var text, out var failure)) return failure;
        return text.Length == 0 ? Result.Success<string?>(null) : new StringBuilder().AppendString(text).ToString();
    }

    private static Result<string?> ReadNumber(AttributeDefinition attribute, JsonElement value) =>
        value.TryGetDouble(out var number) && double.IsFinite(number)
            ? JsonText.Of(number)
            : Invalid(attribute, $"is {JsonNames.Of(value)}, beyond the range of numbers, ±1.7e308");

    private static Result<string?> ReadDate(AttributeDefinition attribute, JsonElement value)
    {
        if (!JsonNames.TryGetText(value, out var text) || (text.Length > 0 && !DateText.TryParse(text, out _)))
            return Invalid(attribute, $"must be a date such as {LiteralReader.DateExamples}, but it is {JsonNames.Of(value)}");
        return DateText.TryParse(text, out var date)
            ? $"\"{DateText.OfAttribute(FilterValue.Of(date))}\""
            : Result.Success<string?>(null);
    }

    private static Result<string?> ReadList(AttributeDefinition attribute, JsonElement value)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var json = new StringBuilder("[");
        var position = 0;
        foreach (var element in value.EnumerateArray())
        {
            position++;
            if (element.ValueKind != JsonValueKind.String)
                return Invalid(attribute, $"must be a list of strings, but its element {position} is {JsonNames.Of(element)}");
            if (!ReadText($"{Subject(attribute)}, element {position},", element).TryGet(out var text, out var failure)) return failure;
            if (text.Length == 0 || !texts.Add(text)) continue;
            if (texts.Count > AttributeDefinition.MaxListLength)
                return Invalid(attribute, $"has more than {AttributeDefinition.MaxListLength} different strings, the maximum");
            if (texts.Count > 1) json.Append(',');
            json.AppendString(text);
        }

        return texts.Count == 0 ? Result.Success<string?>(null) : json.Append(']').ToString();
    }

    private static Result<string> ReadText(string subject, JsonElement value)
    {
        if (!JsonNames.TryGetText(value, out var text)) return Invalid(subject, JsonNames.NotAString);
        var length = UserText.Length(text);
        return length <= AttributeDefinition.MaxStringLength
            ? text
            : Invalid(subject, $"is {length} characters long; the maximum is {AttributeDefinition.MaxStringLength}");
    }

    private static string Subject(AttributeDefinition attribute) => $"attributes.{attribute.Name}";

    private static Failure Invalid(AttributeDefinition attribute, string message) => Invalid(Subject(attribute), message);

    private static Failure Invalid(string subject, string message) => new(FailureCode.RequestInvalid, $"{subject} {message}");
}
