using System.Net;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.S3;

/// <summary>Translates failures of calls. Clients learn that the store failed; the log and the message of a start tell the reason.</summary>
internal static partial class S3Faults
{
    private const int RetryAfterSeconds = 10;

    /// <summary>What a client learns.</summary>
    public static CatalogException Unavailable() => new(new Failure(
        FailureCode.CatalogUnavailable, "the object store of kept pictures can't be used at the moment; try again later", RetryAfterSeconds));

    /// <summary>Whether an object with a name is missing. A missing bucket is a fault.</summary>
    public static bool IsMissing(Exception exception) => exception is AmazonServiceException { StatusCode: HttpStatusCode.NotFound, ErrorCode: "NoSuchKey" };

    /// <summary>Whether the store refuses an object for its size, which another attempt does not change.</summary>
    public static bool IsTooLarge(Exception exception) =>
        exception is AmazonServiceException { StatusCode: HttpStatusCode.RequestEntityTooLarge } or AmazonServiceException { ErrorCode: "EntityTooLarge" };

    /// <summary>Whether the settings are at fault, so that waiting does not help.</summary>
    public static bool IsOfSettings(Exception exception) => exception is AmazonServiceException
    {
        StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized
            or HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
    };

    /// <summary>The reason in words, and what to do.</summary>
    public static string Reason(Exception exception, S3Options options) => exception switch
    {
        OperationCanceledException => $"no answer within {options.CallTimeout.TotalSeconds:0.#} s",
        AmazonServiceException { ErrorCode: "NoSuchBucket" } or AmazonServiceException { StatusCode: HttpStatusCode.NotFound } =>
            "the bucket does not exist; create it, or set S3_BUCKET to one that does",
        AmazonServiceException { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } denied =>
            $"access was denied ({Code(denied)}); check S3_ACCESS_KEY and S3_SECRET_KEY, and that they may list the bucket and get, put and delete its objects",
        AmazonServiceException { StatusCode: HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect } moved =>
            $"the bucket is elsewhere ({Code(moved)}); set S3_REGION to the region of the bucket, and S3_ENDPOINT to its server",
        AmazonServiceException { StatusCode: HttpStatusCode.BadRequest } bad => $"the server refused the call ({Code(bad)}); check S3_REGION and S3_ENDPOINT",
        AmazonServiceException { StatusCode: not 0 } other => $"the server answered {(int)other.StatusCode} ({Code(other)})",
        AmazonClientException => "the AWS SDK found no credentials or could not send the call; set S3_ACCESS_KEY and S3_SECRET_KEY",
        _ => "the server can't be reached",
    };

    // The server's text goes into logs only if it is a plain word.
    private static string Code(AmazonServiceException exception) =>
        exception.ErrorCode is { } code && PlainWord().IsMatch(code) ? code : "without a code";

    [GeneratedRegex(@"^[A-Za-z0-9.]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainWord();
}
