using System.Net;

namespace ImageSearch.Api;

/// <summary>All log messages of the web APIs.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.RequestFailed, Level = LogLevel.Error, Message = "{Endpoint} failed")]
    public static partial void RequestFailed(this ILogger logger, string endpoint, Exception exception);

    [LoggerMessage(EventId = EventIds.RequestRejected, Level = LogLevel.Information, Message = "{Endpoint} failed with {Code}: {Reason}")]
    public static partial void RequestRejected(this ILogger logger, string endpoint, FailureCode code, string reason);

    [LoggerMessage(EventId = EventIds.SiloUnreachable, Level = LogLevel.Warning, Message = "{Call} got no answer from a silo: {Reason}")]
    public static partial void SiloUnreachable(this ILogger logger, string call, string reason);

    [LoggerMessage(
        EventId = EventIds.ClientLockedOut,
        Level = LogLevel.Warning,
        Message = "{Address} sent more than {MaxTries} wrong tokens within a minute; its further ones get 429 for {Seconds:0} seconds")]
    public static partial void ClientLockedOut(this ILogger logger, IPAddress address, int maxTries, double seconds);

    [LoggerMessage(EventId = EventIds.AuditDelayed, Level = LogLevel.Warning, Message = "Entries of the audit wait, since no silo records them: {Reason}")]
    public static partial void AuditDelayed(this ILogger logger, string reason);
}
