namespace ImageSearch.Storage.Backups;

/// <summary>The backups of a process that makes none.</summary>
/// <param name="reason">What every call answers.</param>
public sealed class NoBackups(Failure reason) : IBackups
{
    /// <summary>BACKUP_PATH is not set.</summary>
    public static NoBackups NoFolder { get; } = new(Unavailable("BACKUP_PATH is not set: set it to a folder for backups, or stop the service and copy its data folder"));

    /// <summary>The catalog is in MySQL.</summary>
    public static NoBackups MySql { get; } = new(
        Unavailable(
            "the catalog is in MySQL (MYSQL_HOST), whose own tools back it up consistently while the service runs: \"mariadb-dump --single-transaction --quick "
            + "--hex-blob --no-tablespaces --default-character-set=utf8mb4 DATABASE\", with MySQL \"mysqldump\" and the same options, or for large databases "
            + "\"mariadb-backup --backup --target-dir=FOLDER\"; index folders need no copy"));

    /// <inheritdoc/>
    public Result<BackupStatus> Begin(BackupName? name) => reason;

    /// <inheritdoc/>
    public Result<BackupPage> List(BackupListQuery query) => reason;

    /// <inheritdoc/>
    public Result<BackupStatus> Describe(BackupName name) => reason;

    /// <inheritdoc/>
    public Task<Result<BackupStatus>> DeleteAsync(BackupName name, CancellationToken cancellationToken) => Task.FromResult<Result<BackupStatus>>(reason);

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken stoppingToken) => Task.CompletedTask;

    private static Failure Unavailable(string message) =>
        new(FailureCode.BackupUnavailable, message) { Field = "BACKUP_PATH", Bound = "a folder, where the catalog is in SQLite" };
}
