using ImageSearch.Api.Http.Bodies;

namespace ImageSearch.Api.Http.Fields;

/// <summary>
/// The named values of a request, in whichever form they came: JSON object, HTML form or query string. A field that is missing or null
/// counts as not given. As an endpoint's parameter it is bound by <see cref="RequestReader"/>.
/// </summary>
internal sealed class RequestFields(IReadOnlyDictionary<string, FieldValue> values, RequestFile? file = null, RequestBody? body = null)
    : IDisposable
{
    private readonly HashSet<string> _decoded = [];

    public RequestFile? File { get; } = file;

    /// <summary>Why there are no fields. <see cref="RequestFieldsFilter"/> answers such a request, so endpoints see null.</summary>
    public Failure? Failure { get; private init; }

    /// <summary>Fields that can't be read.</summary>
    public static RequestFields Unreadable(Failure failure, RequestBody? body = null) =>
        new(new Dictionary<string, FieldValue>(), body: body) { Failure = failure };

    /// <summary>Binds an endpoint's parameter; called by the framework.</summary>
    public static async ValueTask<RequestFields?> BindAsync(HttpContext context) => await RequestReader.ReadAsync(context);

    /// <summary>Whether the field is given.</summary>
    public bool Has(string name) => values.TryGetValue(name, out var value) && value.Kind != FieldKind.Null;

    /// <summary>The field as text; null where it is not given. A number is returned as it was written.</summary>
    public Result<string?> Text(string name)
    {
        if (!values.TryGetValue(name, out var value) || value.Kind == FieldKind.Null) return (string?)null;
        return value.Kind is FieldKind.Text or FieldKind.Number
            ? value.AsText()
            : new Failure(FailureCode.RequestInvalid, $"{name} must be a text");
    }

    /// <summary>As <see cref="Text(string)"/>, of at most a number of Unicode characters.</summary>
    public Result<string?> Text(string name, int maxLength) =>
        Text(name).TryGet(out var text, out var failure) ? Limited(name, text, maxLength) : failure;

    /// <summary>As <see cref="Text(string, int)"/>, without white space at its ends; null where nothing remains.</summary>
    public Result<string?> Trimmed(string name, int maxLength)
    {
        if (!Text(name).TryGet(out var text, out var failure)) return failure;
        return string.IsNullOrWhiteSpace(text) ? (string?)null : Limited(name, text.Trim(), maxLength);
    }

    /// <summary>A whole number, as a JSON number or as text.</summary>
    public Result<int> Number(string name, int fallback, int min, int max)
    {
        var invalid = new Failure(FailureCode.RequestInvalid, $"{name} must be a whole number from {min} to {max}");
        if (!Text(name).TryGet(out var text, out var failure)) return values[name].Kind == FieldKind.Text ? failure : invalid;
        if (string.IsNullOrWhiteSpace(text)) return fallback;
        return WholeNumber.Parse(text) is { } number && number >= min && number <= max ? (int)number : invalid;
    }

    /// <summary>
    /// A list: a JSON array, a single value, or text separated by commas. Items are counted as they are read: a body of 20 MB can hold ten
    /// million. White space around an item is kept: it may belong to a key.
    /// </summary>
    public Result<IReadOnlyList<string>> List(string name, int maxItems)
    {
        if (!values.TryGetValue(name, out var value) || value.Kind == FieldKind.Null) return Array.Empty<string>();
        var items = value.Kind == FieldKind.List ? value.AsList(maxItems) : Split(name, maxItems);
        if (!items.TryGet(out var parts, out var invalid)) return invalid;
        return parts.Count <= maxItems
            ? parts.Distinct(StringComparer.Ordinal).ToList()
            : new Failure(FailureCode.RequestInvalid, $"{name} names more than {maxItems} items, the most that are taken in one call");
    }

    /// <summary>The JSON of a field that is a JSON array; null where it is not.</summary>
    public ReadOnlyMemory<byte>? Json(string name) =>
        values.TryGetValue(name, out var value) && value is { Kind: FieldKind.List, IsForm: false } ? (ReadOnlyMemory<byte>?)value.Token : null;

    private Result<IReadOnlyList<string>> Split(string name, int maxItems)
    {
        if (!Text(name).TryGet(out var text, out var failure)) return failure;
        var items = new List<string>();
        foreach (var range in text.AsSpan().Split(','))
        {
            var item = text.AsSpan(range);
            if (!item.IsWhiteSpace()) items.Add(item.ToString());
            if (items.Count > maxItems) break; // One too many shows that there are too many.
        }

        return items;
    }

    /// <summary>
    /// The picture in a field of base64 text; null where it is not given or empty. Call it once per field: it decodes in place.
    /// </summary>
    public Result<ReadOnlyMemory<byte>?> Base64(string name)
    {
        if (!_decoded.Add(name)) throw new InvalidOperationException($"{name} is decoded already");
        if (!values.TryGetValue(name, out var value) || value.Kind == FieldKind.Null) return (ReadOnlyMemory<byte>?)null;
        if (value.Kind != FieldKind.Text) return new Failure(FailureCode.RequestInvalid, $"{name} must be a base64 text");
        return value.DecodeBase64();
    }

    /// <inheritdoc cref="RequestBody.Abandon"/>
    public void Abandon() => body?.Abandon();

    /// <inheritdoc/>
    public void Dispose() => body?.Dispose();

    private static Result<string?> Limited(string name, string? text, int maxLength)
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
