using System.Net;
using ImageSearch.Client.Problems;

namespace ImageSearch.Client.Http;

/// <summary>Whether and when a failed call is sent again.</summary>
internal sealed class RetryPolicy(ImageSearchClientOptions options)
{
    /// <summary>How long to wait before the next repetition; null if there is none.</summary>
    /// <param name="repetitions">How often the call was repeated.</param>
    /// <param name="call">The call.</param>
    /// <param name="failure">How it failed.</param>
    public TimeSpan? WaitAfter(int repetitions, Call call, ImageSearchException failure)
    {
        if (repetitions >= options.MaxRetries || !IsSafe(call, failure)) return null;
        var jitter = Jitter(repetitions);
        if (failure is not ProblemException { RetryAfter: { } wanted }) return jitter;
        return wanted + jitter <= options.MaxRetryDelay ? wanted + jitter : wanted <= options.MaxRetryDelay ? options.MaxRetryDelay : null;
    }

    /// <summary>A random wait whose limit doubles with each repetition: clients that failed together do not return together.</summary>
    public TimeSpan Jitter(int repetitions)
    {
        var limit = Math.Min(options.RetryDelay.TotalMilliseconds * Math.Pow(2, repetitions), options.MaxRetryDelay.TotalMilliseconds);
#pragma warning disable CA5394 // Spreads load; nothing depends on it being unpredictable.
        return TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * limit);
#pragma warning restore CA5394
    }

    private static bool IsSafe(Call call, ImageSearchException failure)
    {
        if (call.Body is { CanRepeat: false, HasBegun: true }) return false;
        return failure switch
        {
            // A wrong token stays wrong.
            ProblemException { Code: ProblemCode.TooManyTries } => false,
            ProblemException { Status: HttpStatusCode.TooManyRequests } or ProblemException { Code: ProblemCode.Busy } => true,
            // A database that fails may have stored the write before.
            ProblemException { Status: HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout } =>
                call.IsIdempotent,
            ConnectionException { IsTimeout: true } => false,
            ConnectionException { InnerException: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } } => true,
            ConnectionException => call.IsIdempotent,
            _ => false,
        };
    }
}
