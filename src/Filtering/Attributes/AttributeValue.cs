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
            _ => Other(Subject(attribute), TypeNames.Of(attribute.Type), value),
        };
    }

    private static Result<string?> ReadText(AttributeDefinition attribute, JsonElement value)
    {
        if (!ReadText(Subject(attribute), Subject(attribute), value).TryGet(out var text, out var failure)) return failure;
        return text.Length == 0 ? Result.Success<string?>(null) : new StringBuilder().AppendString(text).ToString();
    }

    private static Result<string?> ReadNumber(AttributeDefinition attribute, JsonElement value) =>
        value.TryGetDouble(out var number) && double.IsFinite(number)
            ? JsonText.Of(number)
            : Failed(
                Subject(attribute), $"{Subject(attribute)} is {JsonNames.Of(value)}, beyond the range of numbers, ±1.7e308", JsonNames.Of(value),
                "a number from -1.7e308 to 1.7e308");

    private static Result<string?> ReadDate(AttributeDefinition attribute, JsonElement value)
    {
        if (!JsonNames.TryGetText(value, out var text) || (text.Length > 0 && !DateText.TryParse(text, out _)))
            return Other(Subject(attribute), $"a date such as {LiteralReader.DateExamples}", value);
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
            {
                return Failed(
                    $"{Subject(attribute)}[{position - 1}]", $"{Subject(attribute)} must be a list of strings, but its element {position} is {JsonNames.Of(element)}",
                    JsonNames.Of(element), "a string");
            }

            if (!ReadText($"{Subject(attribute)}, element {position},", $"{Subject(attribute)}[{position - 1}]", element).TryGet(out var text, out var failure)) return failure;
            if (text.Length == 0 || !texts.Add(text)) continue;
            if (texts.Count > AttributeDefinition.MaxListLength)
            {
                return Failed(
                    Subject(attribute), $"{Subject(attribute)} has more than {AttributeDefinition.MaxListLength} different strings, the maximum",
                    $"more than {AttributeDefinition.MaxListLength} strings", $"at most {AttributeDefinition.MaxListLength} different strings");
            }

            if (texts.Count > 1) json.Append(',');
            json.AppendString(text);
        }

        return texts.Count == 0 ? Result.Success<string?>(null) : json.Append(']').ToString();
    }

    private static Result<string> ReadText(string subject, string field, JsonElement value)
    {
        var bound = $"a string of at most {AttributeDefinition.MaxStringLength} characters";
        if (!JsonNames.TryGetText(value, out var text)) return Failed(field, $"{subject} {JsonNames.NotAString}", null, bound);
        var length = UserText.Length(text);
        return length <= AttributeDefinition.MaxStringLength
            ? text
            : Failed(field, $"{subject} is {length} characters long; the maximum is {AttributeDefinition.MaxStringLength}", $"{length} characters", bound);
    }

    private static string Subject(AttributeDefinition attribute) => $"attributes.{attribute.Name}";

    private static Failure Other(string field, string bound, JsonElement value) =>
        Failed(field, $"{field} must be {bound}, but it is {JsonNames.Of(value)}", JsonNames.Of(value), bound);

    private static Failure Failed(string field, string message, string? value, string bound) =>
        new(FailureCode.RequestInvalid, message) { Field = field, Value = value, Bound = bound };
}
