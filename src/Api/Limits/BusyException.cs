namespace ImageSearch.Api.Limits;

/// <summary>A part of the service has no room for more: the request is answered with 503, whatever the endpoint was about.</summary>
internal sealed class BusyException(Failure? failure = null) : Exception
{
    /// <summary>What the part says of it; null where it says nothing.</summary>
    public Failure? Failure => failure;

    /// <summary>Throws when a result says so; other results pass.</summary>
    public static Result<T> ThrowIfBusy<T>(Result<T> result) =>
        result.Failure is { Code: FailureCode.Busy } busy ? throw new BusyException(busy) : result;
}
