using System.Globalization;
using System.Text;
using ImageSearch.Api.Http.Fields;

namespace ImageSearch.Api.V1.Requests;

/// <summary>
/// The members of a JSON object, or the fields of a form or query string. Unknown ones are errors: a misspelt member must not be ignored.
/// Values are not copied until they are read.
/// </summary>
internal sealed partial class Members
{
    // More than the characters that an error repeats.
    private const int MaxShownBytes = 256;

    private readonly IReadOnlyDictionary<string, FieldValue> _values;
    private readonly string _prefix;

    private Members(IReadOnlyDictionary<string, FieldValue> values, string prefix) => (_values, _prefix) = (values, prefix);

    /// <summary>Takes fields that are all among the known ones.</summary>
    /// <param name="values">The fields.</param>
    /// <param name="prefix">What precedes a name in errors, such as <c>operations[3].</c>.</param>
    /// <param name="known">The known names.</param>
    public static Result<Members> Of(IReadOnlyDictionary<string, FieldValue> values, string prefix, IReadOnlyCollection<string> known)
    {
        foreach (var name in values.Keys)
        {
            if (!known.Contains(name)) return InvalidField.Unknown(prefix + name, known);
        }

        return new Members(values, prefix);
    }

    /// <summary>Parses a JSON object.</summary>
    public static Result<Members> Parse(Memory<byte> json, string prefix, IReadOnlyCollection<string> known)
    {
        if (JsonFields.Parse(json).TryGet(out var values, out var failure)) return Of(values, prefix, known);
        return prefix.Length == 0 ? failure : InvalidField.Of(prefix.TrimEnd('.'), null, "a JSON object");
    }

    /// <summary>The name of a member as errors write it.</summary>
    public string Path(string name) => _prefix + name;

    /// <summary>Whether the member is there, also if it is null.</summary>
    public bool Contains(string name) => _values.ContainsKey(name);

    /// <summary>Whether the member is there and not null.</summary>
    public bool Has(string name) => _values.TryGetValue(name, out var value) && value.Kind != FieldKind.Null;

    /// <summary>A text without white space at its ends; null if it is missing, null or empty.</summary>
    /// <param name="name">The member.</param>
    /// <param name="maxLength">Maximum length in Unicode characters.</param>
    public Result<string?> Text(string name, int maxLength)
    {
        if (!Raw(name, FieldKind.Text, $"a text of at most {maxLength} characters").TryGet(out var text, out var failure)) return failure;
        if (string.IsNullOrWhiteSpace(text)) return (string?)null;
        text = text.Trim();
        return text.Length <= maxLength || text.EnumerateRunes().Count() <= maxLength
            ? text
            : InvalidField.Of(Path(name), text, $"a text of at most {maxLength} characters");
    }

    /// <summary>A whole number; null if it is missing or null.</summary>
    public Result<long?> Integer(string name, long min, long max)
    {
        var bound = string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}");
        if (!Raw(name, FieldKind.Number, bound).TryGet(out var text, out var failure)) return failure;
        if (text is null) return (long?)null;
        return WholeNumber.Parse(text) is { } number && number >= min && number <= max ? number : InvalidField.Of(Path(name), text, bound);
    }

    /// <summary>A number; null if it is missing or null.</summary>
    public Result<double?> Number(string name, double min, double max)
    {
        var bound = string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}");
        if (!Raw(name, FieldKind.Number, bound).TryGet(out var text, out var failure)) return failure;
        if (text is null) return (double?)null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : InvalidField.Of(Path(name), text, bound);
    }

    /// <summary>True or false; null if it is missing or null.</summary>
    public Result<bool?> Boolean(string name)
    {
        const string Bound = "true or false";
        if (!Raw(name, FieldKind.Boolean, Bound).TryGet(out var text, out var failure)) return failure;
        return text switch
        {
            null => (bool?)null,
            "true" => true,
            "false" => false,
            _ => InvalidField.Of(Path(name), text, Bound),
        };
    }

    /// <summary>A word of an enumeration; null if it is missing or null.</summary>
    public Result<T?> Word<T>(string name)
        where T : struct, Enum
    {
        if (!Raw(name, FieldKind.Text, EnumWord.All<T>()).TryGet(out var text, out var failure)) return failure;
        if (text is null) return (T?)null;
        return EnumWord.Parse<T>(text) is { } value ? value : InvalidField.Of(Path(name), text, EnumWord.All<T>());
    }

    // The text of a value. All values of forms are texts, and clients of some languages write numbers as texts in JSON too.
    private Result<string?> Raw(string name, FieldKind kind, string bound)
    {
        if (!_values.TryGetValue(name, out var value) || value.Kind == FieldKind.Null) return (string?)null;
        if (value.Kind != kind && value.Kind is not (FieldKind.Text or FieldKind.Number)) return InvalidField.Of(Path(name), Shown(value), bound);
        if (value.Kind == FieldKind.Boolean) return Encoding.ASCII.GetString(value.Token.Span);
        return value.AsText().TryGet(out var text, out var failure) ? text : failure with { Field = Path(name) };
    }

    // A value that is not of the right type, as an error repeats it.
    private static string Shown(FieldValue value) => Shown(value.Token.Span);

    private static string Shown(ReadOnlySpan<byte> json) => Encoding.UTF8.GetString(json[..Math.Min(json.Length, MaxShownBytes)]);
}
