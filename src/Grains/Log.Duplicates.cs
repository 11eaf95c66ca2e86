using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains;

/// <content>Messages of searches for duplicates.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.DuplicateSearchFailed, Level = LogLevel.Error, Message = "Table {Table}: the search for duplicates failed")]
    public static partial void DuplicateSearchFailed(this ILogger logger, TableName table, Exception exception);
}
