using System.Text;

namespace ImageSearch.Api.Http.Fields;

/// <summary>
/// The fields of a request's query string, in UTF-8 or the charset that its field <c>_charset_</c> names. ASP.NET Core's own parser
/// replaces invalid UTF-8 and joins repeated fields.
/// </summary>
internal static class QueryFields
{
    /// <summary>Reads the fields.</summary>
    public static Result<Dictionary<string, FieldValue>> Parse(QueryString query)
    {
        // The server rejects a request line with bytes that are not URL-encoded.
        var text = query.HasValue ? Encoding.UTF8.GetBytes(query.Value!, 1, query.Value!.Length - 1) : [];
        return UrlEncodedFields.Parse(text, contentType: null);
    }

    /// <summary>Checks that these fields, as the server bound them, are what the client sent.</summary>
    public static Failure? Check(QueryString query, params ReadOnlySpan<string> names)
    {
        if (!Parse(query).TryGet(out var values, out var failure)) return failure;
        var fields = new RequestFields(values);
        foreach (var name in names)
        {
            if (fields.Text(name).Failure is { } invalid) return invalid;
        }

        return null;
    }
}
