namespace ImageSearch.Client;

/// <summary>
/// The service could not be reached, did not answer in time, or the connection broke off. Whether it carried out the call is unknown.
/// </summary>
public sealed class ConnectionException : ImageSearchException
{
    internal ConnectionException(string message, bool isTimeout, Exception innerException)
        : base(message, innerException) => IsTimeout = isTimeout;

    /// <summary>Whether the call made no progress for <see cref="ImageSearchClientOptions.Timeout"/>.</summary>
    public bool IsTimeout { get; }
}
