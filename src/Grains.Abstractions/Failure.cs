namespace ImageSearch;

/// <summary>An expected failure: a code for programs and a sentence for people that says what to do.</summary>
/// <param name="Code">The kind of failure.</param>
/// <param name="Message">A sentence without secrets, paths of the server or texts of native libraries.</param>
/// <param name="RetryAfterSeconds">Of one that passes: when to try again, in whole seconds; 0 where nothing is known of that.</param>
[GenerateSerializer, Immutable]
public sealed record Failure(FailureCode Code, string Message, int RetryAfterSeconds = 0)
{
    /// <summary>Whether the same call would fail again, so that an import does not repeat it; a host that answers 404 is the case for it.</summary>
    [Id(2)]
    public bool IsLasting { get; init; }
}
