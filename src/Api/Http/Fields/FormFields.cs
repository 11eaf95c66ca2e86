using System.Text;

namespace ImageSearch.Api.Http.Fields;

/// <summary>A field of a form, not decoded yet.</summary>
/// <param name="Name">The bytes of its name, already percent-decoded.</param>
/// <param name="Value">The bytes of its value, already percent-decoded.</param>
/// <param name="ContentType">Its own content type in a multipart form; else null.</param>
internal readonly record struct FormField(ReadOnlyMemory<byte> Name, Memory<byte> Value, string? ContentType = null);

/// <summary>
/// The fields of a form by name. Values stay bytes until they are read. Reading a field that was sent twice fails: either value could be
/// the intended one.
/// </summary>
internal static class FormFields
{
    /// <summary>Maximum number of fields in a form or query string.</summary>
    public const int MaxFields = 64;

    /// <summary>Indexes the fields by name.</summary>
    /// <param name="fields">The fields in their order.</param>
    /// <param name="contentType">The form's content type; null where there is none.</param>
    public static Result<Dictionary<string, FieldValue>> Of(IReadOnlyList<FormField> fields, string? contentType)
    {
        if (fields.Count > MaxFields) return TooMany;
        if (!CharsetOf(fields, contentType).TryGet(out var common, out var failure)) return failure;
        var values = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (!Name(field, common).TryGet(out var name, out failure)) return failure;
            if (!values.TryAdd(name, Value(field, common))) values[name] = FieldValue.Invalid(GivenTwice(name));
        }

        return values;
    }

    /// <summary>A field was sent more than once.</summary>
    /// <param name="name">A field of the API.</param>
    public static Failure GivenTwice(string name) => new(FailureCode.RequestInvalid, $"{name} is sent more than once: send it once");

    /// <summary>There are more than <see cref="MaxFields"/>.</summary>
    public static Failure TooMany { get; } =
        new(FailureCode.RequestInvalid, $"the form or query string has more than {MaxFields} fields");

    /// <summary>The encoding of the fields without one of their own.</summary>
    public static Result<Encoding> CharsetOf(IReadOnlyList<FormField> fields, string? contentType)
    {
        var name = fields.FirstOrDefault(field => field.Name.Span.SequenceEqual("_charset_"u8)).Value;
        var named = name.IsEmpty ? (Encoding?)null : FieldCharset.Named(Encoding.Latin1.GetString(name.Span));
        if (!named.TryGet(out var encoding, out var failure)) return failure;
        if (encoding is not null) return encoding;
        return FieldCharset.OfContentType(contentType).TryGet(out encoding, out failure) ? encoding ?? FieldCharset.Utf8 : failure;
    }

    private static FieldValue Value(FormField field, Encoding common) =>
        FieldCharset.OfContentType(field.ContentType).TryGet(out var own, out var failure)
            ? FieldValue.FromForm(field.Value, own ?? common)
            : FieldValue.Invalid(failure);

    // The API's own names are ASCII, the same in both encodings. Other names are ignored.
    private static Result<string> Name(FormField field, Encoding common)
    {
        var name = FieldText.Decode(field.Name.Span, FieldCharset.Utf8);
        return name.Failure is null ? name : FieldText.Decode(field.Name.Span, common);
    }
}
