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

    /// <summary>What of the request is at fault: a member, a parameter or a header; null if it is not one.</summary>
    [Id(3)]
    public string? Field { get; init; }

    /// <summary>Its value, shortened; null if it has none or the value does not matter.</summary>
    [Id(4)]
    public string? Value { get; init; }

    /// <summary>The values that are accepted, in words.</summary>
    [Id(5)]
    public string? Bound { get; init; }
}
