using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage;

/// <content>Messages of backups.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.BackupStarted, Level = LogLevel.Information, Message = "Backup {Name} started")]
    public static partial void BackupStarted(this ILogger logger, BackupName name);

    [LoggerMessage(EventId = EventIds.BackupFinished, Level = LogLevel.Information,
        Message = "Backup {Name} finished: {Tables} tables, {Rows} rows, {Bytes} bytes")]
    public static partial void BackupFinished(this ILogger logger, BackupName name, int tables, long rows, long bytes);

    [LoggerMessage(EventId = EventIds.BackupCancelled, Level = LogLevel.Information, Message = "Backup {Name} was cancelled; nothing of it is left")]
    public static partial void BackupCancelled(this ILogger logger, BackupName name);

    [LoggerMessage(EventId = EventIds.BackupFailed, Level = LogLevel.Error, Message = "Backup {Name} failed; earlier backups are not affected")]
    public static partial void BackupFailed(this ILogger logger, BackupName name, Exception exception);

    [LoggerMessage(EventId = EventIds.BackupNotRemoved, Level = LogLevel.Warning, Message = "Backup {Name} can't be removed")]
    public static partial void BackupNotRemoved(this ILogger logger, BackupName name, Exception exception);

    [LoggerMessage(EventId = EventIds.OldBackupsNotRemoved, Level = LogLevel.Warning,
        Message = "Old backups can't be removed; the next backup tries again")]
    public static partial void OldBackupsNotRemoved(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = EventIds.BackupFolderUnusable, Level = LogLevel.Warning,
        Message = "BACKUP_PATH can't be used at the moment, so backups will fail: {Reason}")]
    public static partial void BackupFolderUnusable(this ILogger logger, string reason);
}
