using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains;

/// <content>Messages about changes of models.</content>
internal static partial class Log
{
    [LoggerMessage(
        EventId = EventIds.ReembedStarted, Level = LogLevel.Information, Message = "Table {Table}: its pictures are being embedded by the model {Model}")]
    public static partial void ReembedStarted(this ILogger logger, TableName table, ModelIdentity model);

    [LoggerMessage(EventId = EventIds.ReembedEnded, Level = LogLevel.Information, Message = "Table {Table} has the model {Model}")]
    public static partial void ReembedEnded(this ILogger logger, TableName table, ModelIdentity model);

    [LoggerMessage(EventId = EventIds.ReembedFailed, Level = LogLevel.Warning, Message = "Table {Table}: its change of model failed: {Fault}")]
    public static partial void ReembedFailed(this ILogger logger, TableName table, string fault);

    [LoggerMessage(EventId = EventIds.ReembedDelayed, Level = LogLevel.Warning, Message = "Table {Table}: its change of model is tried again: {Reason}")]
    public static partial void ReembedDelayed(this ILogger logger, TableName table, string reason);

    [LoggerMessage(EventId = EventIds.ReembedsNotResumed, Level = LogLevel.Error, Message = "Changes of models are not resumed")]
    public static partial void ReembedsNotResumed(this ILogger logger, Exception exception);
}
