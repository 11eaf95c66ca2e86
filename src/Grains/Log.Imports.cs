using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains;

/// <content>Imports.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.ImportStarted, Level = LogLevel.Information, Message = "Import {Import} into table {Table} started or resumed")]
    public static partial void ImportStarted(this ILogger logger, string import, TableName table);

    [LoggerMessage(
        EventId = EventIds.ImportProgress, Level = LogLevel.Information,
        Message = "Import {Import}: {Stored} of {Items} pictures stored, {Failed} failed")]
    public static partial void ImportProgress(this ILogger logger, string import, long stored, long items, long failed);

    [LoggerMessage(
        EventId = EventIds.ImportEnded, Level = LogLevel.Information,
        Message = "Import {Import} ended, {State}: {Stored} of {Items} pictures stored, {Failed} failed; {Fault}")]
    public static partial void ImportEnded(
        this ILogger logger, string import, ImportState state, long stored, long items, long failed, string fault);

    [LoggerMessage(EventId = EventIds.ImportDelayed, Level = LogLevel.Warning, Message = "Import {Import} is delayed: {Reason}")]
    public static partial void ImportDelayed(this ILogger logger, string import, string reason);

    [LoggerMessage(EventId = EventIds.ImportsNotResumed, Level = LogLevel.Warning, Message = "Can't resume imports; trying again")]
    public static partial void ImportsNotResumed(this ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = EventIds.ImportNotResumed, Level = LogLevel.Warning, Message = "Can't resume import {Import}; trying again: {Reason}")]
    public static partial void ImportNotResumed(this ILogger logger, string import, string reason);
}
