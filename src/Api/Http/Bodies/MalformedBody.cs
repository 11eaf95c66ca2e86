namespace ImageSearch.Api.Http.Bodies;

/// <summary>
/// Exceptions of a read of a body that the client is to blame for. Kestrel throws these for an invalid chunk length, and
/// <see cref="BadHttpRequestException"/> for any other malformed body.
/// </summary>
internal static class MalformedBody
{
    /// <summary>Whether the client's bytes are the cause.</summary>
    public static bool IsCauseOf(Exception exception) => exception is IOException and not BadHttpRequestException or OverflowException;

    /// <summary>The exception for the client, status 400.</summary>
    public static BadHttpRequestException From(Exception exception) =>
        new("the body is malformed or broke off", StatusCodes.Status400BadRequest, exception);
}
