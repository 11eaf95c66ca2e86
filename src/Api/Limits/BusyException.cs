namespace ImageSearch.Api.Limits;

/// <summary>A part of the service has no room for more: the request is answered with 503, whatever the endpoint was about.</summary>
internal sealed class BusyException : Exception
{
    /// <summary>Throws when a result says so; other results pass.</summary>
    public static Result<T> ThrowIfBusy<T>(Result<T> result) =>
        result.Failure?.Code == FailureCode.Busy ? throw new BusyException() : result;
}
