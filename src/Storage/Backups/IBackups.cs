namespace ImageSearch.Storage.Backups;

/// <summary>The backups of a process.</summary>
public interface IBackups
{
    /// <summary>Begins a backup.</summary>
    /// <param name="name">Its name; null for the time.</param>
    Result<BackupStatus> Begin(BackupName? name);

    /// <summary>Some backups, newest first.</summary>
    Result<BackupPage> List(BackupListQuery query);

    /// <summary>The status of a backup, or <see cref="FailureCode.BackupNotFound"/>.</summary>
    Result<BackupStatus> Describe(BackupName name);

    /// <summary>Cancels a backup that runs, or removes one that has ended.</summary>
    /// <returns>Its last status, or <see cref="FailureCode.BackupNotFound"/>.</returns>
    Task<Result<BackupStatus>> DeleteAsync(BackupName name, CancellationToken cancellationToken);

    /// <summary>Removes what a killed process has left, and writes the backups that are begun until the token is cancelled.</summary>
    Task RunAsync(CancellationToken stoppingToken);
}
