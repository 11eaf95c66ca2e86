using System.Net;
using ImageSearch.Client.Problems;

namespace ImageSearch.Client;

/// <summary>The service answered that the call failed, and why.</summary>
public sealed class ProblemException : ImageSearchException
{
    internal ProblemException(Problem problem, TimeSpan? retryAfter, string? requestId)
        : base($"{problem.Detail} ({problem.Code ?? "no code"}, HTTP {problem.Status})", null)
    {
        Problem = problem;
        RetryAfter = retryAfter;
        RequestId = requestId;
    }

    /// <summary>What the service answered: its code, and the field, value and bound if a field is at fault.</summary>
    public Problem Problem { get; }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status => (HttpStatusCode)Problem.Status;

    /// <summary>The stable word for the error, one of <see cref="ProblemCode"/> or one that is newer than this client; null if a proxy answered.</summary>
    public string? Code => Problem.Code;

    /// <summary>After what time the service wants to be asked again; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The header X-Request-Id of the answer, by which logs find the call; null if there is none.</summary>
    public string? RequestId { get; }
}
