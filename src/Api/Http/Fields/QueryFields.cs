using System.Text;

namespace ImageSearch.Api.Http.Fields;

/// <summary>
/// The fields of a request's query string: UTF-8, or the charset that a field <c>_charset_</c> in it names. The server's own reading of it
/// replaces what is not UTF-8 and joins what is sent twice.
/// </summary>
internal static class QueryFields
{
    /// <summary>Reads the fields.</summary>
    public static Result<Dictionary<string, FieldValue>> Parse(QueryString query)
    {
        // Not URL-encoded bytes do not come so far: the server refuses them in a request line.
        var text = query.HasValue ? Encoding.UTF8.GetBytes(query.Value!, 1, query.Value!.Length - 1) : [];
        return UrlEncodedFields.Parse(text, contentType: null);
    }

    /// <summary>Why what the server read as these fields is not what the client meant; null where it is.</summary>
    public static Failure? WhyRefused(QueryString query, params ReadOnlySpan<string> names)
    {
        if (!Parse(query).TryGet(out var values, out var failure)) return failure;
        var fields = new RequestFields(values);
        foreach (var name in names)
            if (fields.Text(name).Failure is { } wrong) return wrong;
        return null;
    }
}
