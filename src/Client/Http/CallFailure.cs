using System.Text.Json;

namespace ImageSearch.Client.Http;

/// <summary>What an exception of the transport says about a call.</summary>
internal static class CallFailure
{
    /// <summary>The failure; null for an exception that is none, such as a token that the caller cancelled.</summary>
    public static ImageSearchException? Of(Exception exception, ProgressDeadline deadline) => exception switch
    {
        // The deadline's token, or Timeout of the HttpClient.
        OperationCanceledException when deadline.IsExpired || exception.InnerException is TimeoutException =>
            new ConnectionException("The service made no progress in time. Send the request again, or set a longer Timeout.", isTimeout: true, exception),
        HttpRequestException or IOException =>
            new ConnectionException($"The connection to the service failed: {exception.Message}", isTimeout: false, exception),
        JsonException => new AnswerException($"The answer is not one of the service: {exception.Message}", exception),
        _ => null,
    };
}
