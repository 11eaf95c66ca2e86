using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage;

/// <content>Originals in an object store.</content>
internal static partial class Log
{
    [LoggerMessage(
        EventId = EventIds.ObjectMissing, Level = LogLevel.Error,
        Message = "The object {Object} of a kept picture is missing or damaged in the object store; restore it there, or put the picture again")]
    public static partial void ObjectMissing(this ILogger logger, string @object);

    [LoggerMessage(
        EventId = EventIds.ObjectsSwept, Level = LogLevel.Information, Message = "Deleted {Deleted} of {Objects} objects: no row refers to them")]
    public static partial void ObjectsSwept(this ILogger logger, long deleted, long objects);
}
