using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains;

/// <content>Messages about API keys.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.KeyUseNotRecorded, Level = LogLevel.Warning, Message = "The use of key {Key} is not recorded: {Reason}")]
    public static partial void KeyUseNotRecorded(this ILogger logger, string key, string reason);

    [LoggerMessage(EventId = EventIds.AuditNotSwept, Level = LogLevel.Warning, Message = "Old entries of the audit are not deleted; the next turn tries again")]
    public static partial void AuditNotSwept(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = EventIds.OriginalsNotSwept, Level = LogLevel.Warning, Message = "Objects that no row refers to are not deleted; the next turn tries again")]
    public static partial void OriginalsNotSwept(this ILogger logger, Exception exception);
}
