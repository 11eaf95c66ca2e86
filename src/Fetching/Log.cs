namespace ImageSearch.Fetching;

/// <summary>Log messages of this project. Of a URL they contain only the checked host, which is ASCII without control characters.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.FetchFailed, Level = LogLevel.Information, Message = "Fetch from {Host} ended with {Code}")]
    public static partial void FetchFailed(this ILogger logger, string host, FailureCode code);

    [LoggerMessage(EventId = EventIds.ConnectionFailed, Level = LogLevel.Debug, Message = "Connection to {Host} failed: {Error}")]
    public static partial void ConnectionFailed(this ILogger logger, string host, HttpRequestError error);
}
