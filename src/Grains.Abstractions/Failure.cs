namespace ImageSearch;

/// <summary>An expected failure: a code for programs and a message for people that says what to do.</summary>
/// <param name="Code">The kind of failure.</param>
/// <param name="Message">The message, without secrets, server paths or texts of native libraries.</param>
/// <param name="RetryAfterSeconds">When to retry a transient failure, in seconds; 0 if unknown.</param>
[GenerateSerializer, Immutable]
public sealed record Failure(FailureCode Code, string Message, int RetryAfterSeconds = 0)
{
    /// <summary>The same call would fail again, such as a fetch that got status 404: an import does not retry it.</summary>
    [Id(2)]
    public bool IsLasting { get; init; }
}
