using ImageSearch.Storage.Backups;
using Microsoft.Extensions.Hosting;

namespace ImageSearch.Grains.Backups;

/// <summary>Writes the backups that are begun, until the process stops.</summary>
public sealed class BackupService(IBackups backups) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => backups.RunAsync(stoppingToken), CancellationToken.None);
}
