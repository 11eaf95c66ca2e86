using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Backups;

/// <content>Writing the backups that are begun.</content>
public sealed partial class FolderBackups
{
    private const int MaxFailed = 100;
    private const string Stopped = "the service was stopped";

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            _writer.Sweep();
        }
        catch (Exception e) when (e is BackupException or IOException or UnauthorizedAccessException)
        {
            logger.BackupFolderUnusable(e.Message);
        }

        try
        {
            await foreach (var run in _begun.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false)) await WriteAsync(run, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            _begun.Writer.TryComplete();
            while (_begun.Reader.TryRead(out var waiting))
            {
                End(waiting, BackupState.Cancelled, null, Stopped);
                await waiting.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task WriteAsync(BackupRun run, CancellationToken stoppingToken)
    {
        await using var owned = run.ConfigureAwait(false);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(run.Cancelled, stoppingToken);
        logger.BackupStarted(run.Name);
        try
        {
            var manifest = await _writer.WriteAsync(dataFolder, run.Name, run.Began, run.Progress, cancel.Token).ConfigureAwait(false);
            var (tables, rows, bytes) = (manifest.Tables.Count, manifest.TotalRows(), manifest.TotalBytes());
            logger.BackupFinished(run.Name, tables, rows, bytes);
            Prune(manifest.Catalog);
            End(run, BackupState.Finished, manifest, null);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            logger.BackupCancelled(run.Name);
            End(run, BackupState.Cancelled, null, run.Cancelled.IsCancellationRequested ? null : Stopped);
        }
        catch (Exception e)
        {
            // Catch everything: the next backup may succeed.
            logger.BackupFailed(run.Name, e);
            End(run, BackupState.Failed, null, FaultOf(e));
        }
    }

    private void End(BackupRun run, BackupState state, BackupManifest? manifest, string? fault)
    {
        lock (_gate)
        {
            _running = null;
            if (manifest is null)
            {
                if (_failed.Count == MaxFailed) _failed.RemoveAt(0);
                _failed.Add(run.End(state, null, fault));
            }
            else
            {
                run.End(state, manifest, null);
            }
        }
    }

    private void Prune(long catalog)
    {
        try
        {
            _writer.Prune(catalog);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.OldBackupsNotRemoved(e);
        }
    }

    // Messages of the operating system have paths of the server, which are for its log.
    private static string FaultOf(Exception e) => e switch
    {
        BackupException or CatalogException => e.Message,
        IOException or UnauthorizedAccessException =>
            "BACKUP_PATH can't be written; check its disk's free space and that the service's user may write there (the log has the details)",
        _ => "the backup failed; the service's log has the reason",
    };
}
