namespace ImageSearch.Client;

/// <summary>How a client calls the service.</summary>
public sealed record ImageSearchClientOptions
{
    /// <summary>The header <c>token</c> of every call; null sends none.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// How long a call may make no progress, default 100 seconds: until the answer begins, between two parts of a body that is sent, and between
    /// two parts of an answer. A call that makes progress has no limit; pass a token that cancels it.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How often a call is repeated at most, default 3; 0 for never.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>
    /// The upper limit of the random wait before the first repetition, default 200 milliseconds. It doubles with each repetition, and the
    /// header Retry-After is added to it.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait before a repetition, default 30 seconds. A call that would have to wait longer fails.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The program that calls, as the header User-Agent names it after the client: <c>my-shop/1.4</c>.</summary>
    public string? Application { get; init; }

    /// <summary>The clock of timeouts and waits; a test sets its own.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The options as text, without the token.</summary>
    public override string ToString() => $"Timeout = {Timeout}, MaxRetries = {MaxRetries}";
}
