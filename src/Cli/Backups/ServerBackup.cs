using ImageSearch.Cli.Progress;
using ImageSearch.Client.Backups;

namespace ImageSearch.Cli.Backups;

/// <summary>Makes a running service back itself up, and waits until that ends.</summary>
internal sealed class ServerBackup(BackupCalls backups, TimeProvider time)
{
    /// <summary>Begins a backup and waits for its end.</summary>
    /// <param name="name">Its name; null for the time.</param>
    /// <param name="report">Takes what it has.</param>
    /// <param name="progress">Its progress.</param>
    /// <param name="cancellationToken">Ends the wait; the backup goes on.</param>
    public async Task<Failure?> RunAsync(string? name, BackupReport report, IProgress<WorkState> progress, CancellationToken cancellationToken)
    {
        var begun = await backups.BeginAsync(name, cancellationToken);
        report.Backup = begun.Name;
        var ended = await Polling.UntilEndAsync(
            begun,
            backup => backup.State == Client.Backups.BackupState.Running,
            cancellation => backups.GetAsync(begun.Name, cancellation),
            backup => MegabyteProgress.Report(progress, backup.Bytes, backup.TotalBytes),
            time,
            cancellationToken);
        return Take(report, ended);
    }

    private static Failure? Take(BackupReport report, Backup backup)
    {
        (report.Began, report.Bytes) = (backup.Began.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture), backup.Bytes);
        if (backup.State != Client.Backups.BackupState.Finished)
        {
            return new Failure(
                FailureCode.Internal, $"the backup was not made ({Tables.ServiceWord.Of(backup.State)}): {backup.Fault ?? "a client cancelled it"}");
        }

        (report.Tables, report.Rows) = (backup.Tables ?? 0, backup.Rows ?? 0);
        return null;
    }
}
