using ImageSearch.Storage.Backups;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Backups;

/// <summary>Begins, lists and removes the backups of the process.</summary>
[StatelessWorker]
public sealed class BackupGrain(IBackups backups) : Grain, IBackupGrain
{
    /// <inheritdoc/>
    public Task<Result<BackupStatus>> BeginAsync(BackupName? name, CancellationToken cancellationToken) => Task.FromResult(backups.Begin(name));

    /// <inheritdoc/>
    public Task<Result<BackupPage>> ListAsync(BackupListQuery query, CancellationToken cancellationToken) => Task.FromResult(backups.List(query));

    /// <inheritdoc/>
    public Task<Result<BackupStatus>> DescribeAsync(BackupName name, CancellationToken cancellationToken) => Task.FromResult(backups.Describe(name));

    /// <inheritdoc/>
    public Task<Result<BackupStatus>> DeleteAsync(BackupName name, CancellationToken cancellationToken) => backups.DeleteAsync(name, cancellationToken);
}
