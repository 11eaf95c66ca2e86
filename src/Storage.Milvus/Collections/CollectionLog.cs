using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Milvus.Collections;

/// <summary>What the store over Milvus says; event ids 2400..2419.</summary>
internal static partial class CollectionLog
{
    [LoggerMessage(
        EventId = 2400, Level = LogLevel.Warning,
        Message = "Milvus has no collection {Collection} although the catalog has rows of it: it is made anew and filled from the catalog")]
    public static partial void CollectionLost(ILogger logger, string collection);

    [LoggerMessage(EventId = 2401, Level = LogLevel.Information, Message = "Milvus' collection {Collection} is of no table any more; it is dropped")]
    public static partial void OrphanDropped(ILogger logger, string collection);

    [LoggerMessage(EventId = 2402, Level = LogLevel.Warning, Message = "Milvus' collection {Collection} can't be dropped now; it is tried again")]
    public static partial void NotDropped(ILogger logger, string collection, Exception exception);
}
