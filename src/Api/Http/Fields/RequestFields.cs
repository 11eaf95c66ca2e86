namespace ImageSearch.Api.Http.Fields;

/// <summary>
/// The named values of one request, whatever form they came in: a JSON object, an HTML form or the query string. A field that is absent
/// or null counts as not given.
/// </summary>
internal sealed class RequestFields(IReadOnlyDictionary<string, FieldValue> values, RequestFile? file = null)
{
    private readonly HashSet<string> _decoded = [];

    public RequestFile? File { get; } = file;

    /// <summary>Whether the field is there and not null.</summary>
    public bool Has(string name) => values.TryGetValue(name, out var value) && value.Kind != FieldKind.Null;

    /// <summary>The field as text; null where it is absent or null. A number is given as it was written.</summary>
    public Result<string?> Text(string name)
    {
        if (!values.TryGetValue(name, out var value) || value.Kind == FieldKind.Null) return (string?)null;
        return value.Kind is FieldKind.Text or FieldKind.Number
            ? value.AsText()
            : new Failure(FailureCode.RequestInvalid, $"{name} must be a text");
    }

    /// <summary>As <see cref="Text(string)"/>, within a number of Unicode characters.</summary>
    public Result<string?> Text(string name, int maxLength)
    {
        return Text(name).TryGet(out var text, out var failure) ? Within(name, text, maxLength) : failure;
    }

    /// <summary>As <see cref="Text(string, int)"/>, without white space at its ends; null where nothing is left.</summary>
    public Result<string?> Trimmed(string name, int maxLength)
    {
        if (!Text(name).TryGet(out var text, out var failure)) return failure;
        return string.IsNullOrWhiteSpace(text) ? (string?)null : Within(name, text.Trim(), maxLength);
    }

    /// <summary>A whole number, written as one or as text of one.</summary>
    public Result<int> Number(string name, int fallback, int least, int most)
    {
        var wrong = new Failure(FailureCode.RequestInvalid, $"{name} must be a whole number from {least} to {most}");
        if (!Text(name).TryGet(out var text, out var failure)) return values[name].Kind == FieldKind.Text ? failure : wrong;
        if (string.IsNullOrWhiteSpace(text)) return fallback;
        return WholeNumber.Parse(text) is { } number && number >= least && number <= most ? (int)number : wrong;
    }

    /// <summary>
    /// A list, written as a JSON array, as one value, or as text with commas between. It is counted before it is built: a body of
    /// 20 MB can name ten million items. White space around an item stays: it may belong to a key.
    /// </summary>
    public Result<IReadOnlyList<string>> List(string name, int most)
    {
        if (!values.TryGetValue(name, out var value) || value.Kind == FieldKind.Null) return Array.Empty<string>();
        var items = value.Kind == FieldKind.List ? value.AsList(most) : Split(name, most);
        if (!items.TryGet(out var parts, out var wrong)) return wrong;
        return parts.Count <= most
            ? parts.Distinct(StringComparer.Ordinal).ToList()
            : new Failure(FailureCode.RequestInvalid, $"{name} names more than {most} items, the most that are taken in one call");
    }

    private Result<IReadOnlyList<string>> Split(string name, int most)
    {
        if (!Text(name).TryGet(out var text, out var failure)) return failure;
        var items = new List<string>();
        foreach (var range in text.AsSpan().Split(','))
        {
            var item = text.AsSpan(range);
            if (!item.IsWhiteSpace()) items.Add(item.ToString());
            if (items.Count > most) break; // Enough to be told.
        }

        return items;
    }

    /// <summary>The picture in a field of base64 text; null where the field is absent or empty. Asked for once: it is decoded where it stands.</summary>
    public Result<ReadOnlyMemory<byte>?> Base64(string name)
    {
        if (!_decoded.Add(name)) throw new InvalidOperationException($"{name} is decoded already");
        if (!values.TryGetValue(name, out var value) || value.Kind == FieldKind.Null) return (ReadOnlyMemory<byte>?)null;
        if (value.Kind != FieldKind.Text) return new Failure(FailureCode.RequestInvalid, $"{name} must be a base64 text");
        return value.DecodeBase64();
    }

    private static Result<string?> Within(string name, string? text, int maxLength)
    {
        var length = text is null ? 0 : Length(text);
        return length <= maxLength
            ? text
            : new Failure(FailureCode.RequestInvalid, $"{name} is {length} characters long, at most {maxLength} are kept");
    }

    /// <summary>Unicode characters, as the documented columns count them: a surrogate pair is one.</summary>
    private static int Length(string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes()) length++;
        return length;
    }
}

/// <summary>The file of a multipart request.</summary>
/// <param name="Content">Its bytes.</param>
internal sealed record RequestFile(ReadOnlyMemory<byte> Content);
