namespace ImageSearch;

/// <summary>
/// Backups of a catalog in SQLite, which one process has. Every call answers <see cref="FailureCode.BackupUnavailable"/> where the service
/// makes none. It is a stateless worker, so the key is always <see cref="Key"/>.
/// </summary>
[Alias("ImageSearch.IBackupGrain")]
public interface IBackupGrain : IGrainWithStringKey
{
    /// <summary>The only key of this grain.</summary>
    const string Key = "default";

    /// <summary>Begins a backup, which has every write that was acknowledged before this call.</summary>
    /// <param name="name">Its name; null for the time.</param>
    /// <param name="cancellationToken">Cancels the call, not the backup.</param>
    /// <returns>
    /// Its status; <see cref="FailureCode.BackupRunning"/> while another one is written, or <see cref="FailureCode.BackupExists"/>.
    /// </returns>
    [Alias("Begin")]
    Task<Result<BackupStatus>> BeginAsync(BackupName? name, CancellationToken cancellationToken);

    /// <summary>Lists backups by page, newest first: finished ones, the running one, and those that failed since the process began.</summary>
    [Alias("List"), Retryable]
    Task<Result<BackupPage>> ListAsync(BackupListQuery query, CancellationToken cancellationToken);

    /// <summary>The progress of a backup, or <see cref="FailureCode.BackupNotFound"/>.</summary>
    [Alias("Describe"), Retryable]
    Task<Result<BackupStatus>> DescribeAsync(BackupName name, CancellationToken cancellationToken);

    /// <summary>Cancels a backup that runs, or removes one that has ended.</summary>
    /// <returns>Its last status, or <see cref="FailureCode.BackupNotFound"/>.</returns>
    [Alias("Delete")]
    Task<Result<BackupStatus>> DeleteAsync(BackupName name, CancellationToken cancellationToken);
}
