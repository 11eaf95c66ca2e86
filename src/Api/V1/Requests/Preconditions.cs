using ImageSearch.Api.V1.Problems;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ImageSearch.Api.V1.Requests;

/// <summary>The headers If-Match and If-None-Match. Weak tags in If-Match never match (RFC 9110, 13.1.1).</summary>
internal static class Preconditions
{
    private const string Bound = "* or ETags in quotation marks";

    /// <summary>The condition of a write; null if there is none.</summary>
    public static Result<ItemCondition?> OfWrite(HttpRequest request)
    {
        if (!Parse(HeaderNames.IfMatch, request.Headers.IfMatch).TryGet(out var match, out var failure)) return failure;
        if (!Parse(HeaderNames.IfNoneMatch, request.Headers.IfNoneMatch).TryGet(out var noneMatch, out failure)) return failure;
        if (noneMatch is { IsAny: false }) return InvalidField.Of(HeaderNames.IfNoneMatch, request.Headers.IfNoneMatch, "* in a write");
        if (match is null && noneMatch is null) return (ItemCondition?)null;
        return new ItemCondition(match is { IsAny: false } ? match.Tags : null, MustExist: match is not null, MustNotExist: noneMatch is not null);
    }

    /// <summary>Whether the client has the current state already, which is status 304.</summary>
    public static Result<bool> IsKnown(HttpRequest request, string tag) =>
        Parse(HeaderNames.IfNoneMatch, request.Headers.IfNoneMatch).TryGet(out var noneMatch, out var failure)
            ? noneMatch is not null && (noneMatch.IsAny || noneMatch.AllTags.Contains(tag))
            : failure;

    /// <summary>Lets the failure of a condition name the header that does not hold.</summary>
    public static Failure Named(this Failure failure, HttpRequest request)
    {
        if (failure.Code != FailureCode.ConditionFailed || failure.Field is not null) return failure;
        var isMatch = request.Headers.IfMatch.Count > 0;
        var name = isMatch ? HeaderNames.IfMatch : HeaderNames.IfNoneMatch;
        var value = PrintableText.Of(request.Headers[name].ToString());
        var bound = isMatch ? "the ETag of the present state" : "sent only where nothing is there yet";
        return failure with { Message = $"{failure.Message}: {name} {value} must be {bound}", Field = name, Value = value, Bound = bound };
    }

    /// <summary>A tag as the header ETag writes it.</summary>
    public static string Header(string tag) => $"\"{tag}\"";

    private static Result<TagList?> Parse(string name, StringValues values)
    {
        if (values.Count == 0) return (TagList?)null;
        if (!EntityTagHeaderValue.TryParseStrictList(values!, out var parsed) || parsed.Count == 0)
            return InvalidField.Of(name, values.ToString(), Bound);
        if (parsed.Any(tag => tag.Equals(EntityTagHeaderValue.Any))) return new TagList(true, [], []);
        return new TagList(
            false,
            [.. parsed.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.ToString().Trim('"'))],
            [.. parsed.Select(tag => tag.Tag.ToString().Trim('"'))]);
    }

    private sealed record TagList(bool IsAny, IReadOnlyList<string> Tags, IReadOnlyList<string> AllTags);
}
