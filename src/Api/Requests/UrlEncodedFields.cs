using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace ImageSearch.Api.Requests;

/// <summary>The fields of an HTML form that came as <c>name=value&amp;…</c>.</summary>
internal static class UrlEncodedFields
{
    private const int MaxFields = 64;

    public static Result<Dictionary<string, FieldValue>> Parse(ReadOnlyMemory<byte> body)
    {
        var fields = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        foreach (var pair in new QueryStringEnumerable(Encoding.UTF8.GetString(body.Span)))
        {
            if (fields.Count == MaxFields) return new Failure(FailureCode.RequestInvalid, $"the form has more than {MaxFields} fields");
            fields[pair.DecodeName().ToString()] = FieldValue.FromForm(pair.DecodeValue().ToString());
        }

        return fields;
    }
}
