namespace ImageSearch.Api.Http.Fields;

/// <summary>The fields of a form or query string of the format <c>name=value&amp;…</c>.</summary>
internal static class UrlEncodedFields
{
    /// <summary>Finds the fields and decodes them in place: a picture of megabytes is not copied.</summary>
    /// <param name="text">The whole text, which is modified; the values refer to it.</param>
    /// <param name="contentType">The form's content type; null where there is none.</param>
    public static Result<Dictionary<string, FieldValue>> Parse(Memory<byte> text, string? contentType)
    {
        var fields = new List<FormField>();
        while (!text.IsEmpty)
        {
            var end = text.Span.IndexOf((byte)'&');
            var pair = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (pair.IsEmpty) continue;
            if (fields.Count == FormFields.MaxFields) return FormFields.TooMany;
            var equals = pair.Span.IndexOf((byte)'=');
            fields.Add(new FormField(Resolve(equals < 0 ? pair : pair[..equals]), Resolve(equals < 0 ? default : pair[(equals + 1)..])));
        }

        return FormFields.Of(fields, contentType);
    }

    private static Memory<byte> Resolve(Memory<byte> text) => text[..PercentText.Resolve(text.Span)];
}
