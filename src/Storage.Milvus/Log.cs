using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Milvus;

/// <summary>The log messages of this project.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = EventIds.CollectionLost, Level = LogLevel.Warning,
        Message = "Milvus has no collection {Collection} although the catalog has rows for it; the collection is recreated and filled from the catalog")]
    public static partial void CollectionLost(this ILogger logger, string collection);

    [LoggerMessage(
        EventId = EventIds.OrphanDropped, Level = LogLevel.Information,
        Message = "Dropped the Milvus collection {Collection}: its table no longer exists")]
    public static partial void OrphanDropped(this ILogger logger, string collection);

    [LoggerMessage(
        EventId = EventIds.DropFailed, Level = LogLevel.Warning,
        Message = "The Milvus collection {Collection} can't be dropped now; the drop is tried again later")]
    public static partial void DropFailed(this ILogger logger, string collection, Exception exception);

    [LoggerMessage(
        EventId = EventIds.CircuitOpened, Level = LogLevel.Error,
        Message = "Milvus at {Server} can't be reached; calls fail immediately, and one probe is sent every {Seconds} s until one succeeds")]
    public static partial void CircuitOpened(this ILogger logger, string server, double seconds);

    [LoggerMessage(EventId = EventIds.CircuitClosed, Level = LogLevel.Information, Message = "Milvus at {Server} responds again")]
    public static partial void CircuitClosed(this ILogger logger, string server);

    [LoggerMessage(EventId = EventIds.CallRetried, Level = LogLevel.Debug, Message = "Retrying {Call} (attempt {Attempt}): {Reason}")]
    public static partial void CallRetried(this ILogger logger, string call, int attempt, string reason);

    [LoggerMessage(
        EventId = EventIds.UpsertUnsupported, Level = LogLevel.Information,
        Message = "Milvus at {Server} does not support Upsert (it is older than 2.3); rows are deleted and inserted instead")]
    public static partial void UpsertUnsupported(this ILogger logger, string server);
}
