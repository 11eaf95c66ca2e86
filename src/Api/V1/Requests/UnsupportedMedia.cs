namespace ImageSearch.Api.V1.Requests;

/// <summary>A content type that a call does not take, which is status 415.</summary>
internal static class UnsupportedMedia
{
    private const string Field = "Content-Type";

    public static Failure Of(string contentType, string bound) => InvalidField.Of(Field, contentType, bound);

    /// <summary>The status of a failure that a body's reader returned; null for that of its code.</summary>
    public static int? StatusOf(Failure failure) =>
        failure is { Code: FailureCode.RequestInvalid, Field: Field } ? StatusCodes.Status415UnsupportedMediaType : null;
}
