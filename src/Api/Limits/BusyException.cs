namespace ImageSearch.Api.Limits;

/// <summary>A part of the service has no room for more: the request is answered with 503, whatever the endpoint was about.</summary>
internal sealed class BusyException(Failure? failure = null) : Exception
{
    /// <summary>What a part without places of its own says.</summary>
    public static Failure ServiceBusy { get; } = new(FailureCode.Busy, "the service is busy, try again in a second", RetryAfterSeconds: 1);

    /// <summary>What the part says of it; null where it could not be asked: a call to another process that may still be under way.</summary>
    public Failure? Failure => failure;

    /// <summary>Throws when a result says so; other results pass.</summary>
    public static Result<T> ThrowIfBusy<T>(Result<T> result) =>
        result.Failure is { Code: FailureCode.Busy } busy ? throw new BusyException(busy) : result;
}
