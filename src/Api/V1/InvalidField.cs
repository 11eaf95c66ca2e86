using ImageSearch.Api.V1.Problems;

namespace ImageSearch.Api.V1;

/// <summary>Failures of fields: each names the field, its value and what is accepted.</summary>
internal static class InvalidField
{
    /// <summary>A value out of its bound.</summary>
    /// <param name="field">The member, parameter or header.</param>
    /// <param name="value">The client's value; null if it is missing or too long to repeat.</param>
    /// <param name="bound">What it must be, such as "a whole number from 1 to 1000".</param>
    public static Failure Of(string field, string? value, string bound)
    {
        value = PrintableText.Of(value);
        var actual = value is null ? "" : $", but is {(value.Length == 0 ? "empty" : value)}";
        return new Failure(FailureCode.RequestInvalid, $"{PrintableText.Of(field)} must be {bound}{actual}")
        {
            Field = PrintableText.Of(field),
            Value = value,
            Bound = bound,
        };
    }

    /// <summary>A field that the call does not have.</summary>
    public static Failure Unknown(string field, IEnumerable<string> known)
    {
        var bound = string.Join(", ", known);
        return new Failure(FailureCode.RequestInvalid, $"{PrintableText.Of(field)} is unknown; known are {bound}")
        {
            Field = PrintableText.Of(field),
            Bound = bound,
        };
    }

    /// <summary>A field of the body that stands in the query string beside a body that has fields.</summary>
    public static Failure InBody(string field) =>
        new(FailureCode.RequestInvalid, $"{PrintableText.Of(field)} belongs in the body; the query string has it only if the body is a picture (image/*)")
        {
            Field = PrintableText.Of(field),
        };

    /// <summary>A required field that is missing.</summary>
    public static Failure Missing(string field, string bound) =>
        new(FailureCode.RequestInvalid, $"{field} is missing: it must be {bound}") { Field = field, Bound = bound };

    /// <summary>Fields of which only one can be given.</summary>
    public static Failure Conflict(string field, string other) =>
        new(FailureCode.RequestInvalid, $"{field} can't be given together with {other}: send one of them")
        {
            Field = field,
            Bound = $"{field} or {other}, not both",
        };
}
