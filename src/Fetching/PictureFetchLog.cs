namespace ImageSearch.Fetching;

/// <summary>What fetching logs: of a URL only the checked host, which is plain ASCII without control characters.</summary>
internal static partial class PictureFetchLog
{
    [LoggerMessage(EventId = 4101, Level = LogLevel.Information, Message = "Fetch from {Host} ended with {Code}")]
    public static partial void FetchFailed(ILogger logger, string host, FailureCode code);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Debug, Message = "Connection to {Host} failed: {Error}")]
    public static partial void ConnectionFailed(ILogger logger, string host, HttpRequestError error);
}
