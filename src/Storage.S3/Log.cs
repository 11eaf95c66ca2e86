using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.S3;

/// <summary>The log messages of this project.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.StoreOpened, Level = LogLevel.Information, Message = "Originals are stored in {Store}")]
    public static partial void StoreOpened(this ILogger logger, string store);

    [LoggerMessage(
        EventId = EventIds.StoreFailed, Level = LogLevel.Error,
        Message = "The object store can't be used ({Store}): {Reason}. Pictures whose original is kept can't be added, and originals can't be read")]
    public static partial void StoreFailed(this ILogger logger, string store, string reason, Exception exception);

    [LoggerMessage(EventId = EventIds.StoreRecovered, Level = LogLevel.Information, Message = "The object store can be used again ({Store})")]
    public static partial void StoreRecovered(this ILogger logger, string store);

    [LoggerMessage(
        EventId = EventIds.ObjectRefused, Level = LogLevel.Warning,
        Message = "The object store takes no object of {Bytes} bytes; the picture is added without its original")]
    public static partial void ObjectRefused(this ILogger logger, long bytes);
}
