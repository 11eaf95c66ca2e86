using System.Threading.Channels;
using ImageSearch.Storage.Catalog;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Backups;

/// <summary>
/// Backups of a data folder in another folder, one at a time. What the folder has survives the process; backups that failed are listed
/// until it ends.
/// </summary>
/// <param name="options">Where they are kept.</param>
/// <param name="dataFolder">The data folder, which this process has locked.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">For their ends.</param>
public sealed class FolderBackups(BackupOptions options, string dataFolder, TimeProvider time, ILogger<FolderBackups> logger) : IBackups
{
    private const int MaxFailed = 100;
    private const string Stopped = "the service was stopped";

    private readonly BackupFolder _folder = new(options.Folder);
    private readonly BackupWriter _writer = new(options, time);
    private readonly Channel<BackupRun> _begun = Channel.CreateBounded<BackupRun>(1);
    private readonly List<BackupStatus> _failed = [];
    private readonly Lock _gate = new();
    private BackupRun? _running;

    /// <inheritdoc/>
    public Result<BackupStatus> Begin(BackupName? name)
    {
        lock (_gate)
        {
            if (_running is { } running)
                return new Failure(FailureCode.BackupRunning, $"the backup {running.Name} is being written; wait until it ends, or cancel it with DELETE")
                {
                    Field = "name",
                    Value = running.Name.Value,
                    Bound = "one backup at a time",
                };
            var chosen = name ?? FreeName();
            if (_folder.Has(chosen))
                return new Failure(FailureCode.BackupExists, $"there is a backup {chosen}; choose another name, or remove that one with DELETE")
                {
                    Field = "name",
                    Value = chosen.Value,
                    Bound = "a name that no backup has",
                };
            var run = new BackupRun(chosen, time);
            if (!_begun.Writer.TryWrite(run)) return new Failure(FailureCode.Busy, "the service is stopping; begin the backup when it runs again");
            _running = run;
            _failed.RemoveAll(failed => failed.Name == chosen);
            return run.Status();
        }
    }

    /// <inheritdoc/>
    public Result<BackupPage> List(BackupListQuery query)
    {
        var all = _folder.List().Select(backup => FinishedBackup.StatusOf(backup.Name, backup.Manifest)).ToList();
        lock (_gate)
        {
            all.AddRange(_failed);
            if (_running is { } running && all.TrueForAll(backup => backup.Name != running.Name)) all.Add(running.Status());
        }

        var page = all.OrderByDescending(backup => backup.Began, StringComparer.Ordinal).ThenByDescending(backup => backup.Name.Value, StringComparer.Ordinal)
            .Where(backup => query.After is not { } after || IsAfter(backup, after)).Take(query.Count + 1).ToList();
        var more = page.Count > query.Count;
        if (more) page.RemoveAt(query.Count);
        return new BackupPage(page, more ? new BackupPosition(page[^1].Began, page[^1].Name.Value) : null);
    }

    /// <inheritdoc/>
    public Result<BackupStatus> Describe(BackupName name)
    {
        if (_folder.Find(name) is { } manifest) return FinishedBackup.StatusOf(name, manifest);
        lock (_gate)
        {
            if (_running is { } running && running.Name == name) return running.Status();
            if (_failed.Find(failed => failed.Name == name) is { } found) return found;
        }

        return Unknown(name);
    }

    /// <inheritdoc/>
    public async Task<Result<BackupStatus>> DeleteAsync(BackupName name, CancellationToken cancellationToken)
    {
        BackupRun? running;
        lock (_gate)
        {
            running = _running is { } run && run.Name == name ? run : null;
            running?.Cancel();
        }

        if (running is not null)
        {
            var ended = await running.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (ended.State != BackupState.Finished) return ended;
        }

        lock (_gate)
        {
            if (_failed.Find(failed => failed.Name == name) is { } found)
            {
                _failed.Remove(found);
                return found;
            }

            if (_folder.Find(name) is not { } manifest) return Unknown(name);
            try
            {
                _folder.Delete(name);
                return FinishedBackup.StatusOf(name, manifest);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                logger.BackupNotRemoved(name, e);
                return new Failure(FailureCode.Internal, "the backup can't be removed; give the service's user write access to BACKUP_PATH");
            }
        }
    }

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
            var manifest = await _writer.WriteAsync(dataFolder, run.Name, run.Progress, cancel.Token).ConfigureAwait(false);
            logger.BackupFinished(run.Name, manifest.Tables.Count, manifest.TotalRows(), manifest.TotalBytes());
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

    // Two backups of one second.
    private BackupName FreeName()
    {
        var name = BackupName.Of(time.GetUtcNow());
        for (var i = 2; _folder.Has(name); i++) name = BackupName.Parse($"{BackupName.Of(time.GetUtcNow())}-{i}").Value;
        return name;
    }

    private static bool IsAfter(BackupStatus backup, BackupPosition after) =>
        string.CompareOrdinal(backup.Began, after.Began) is var order && (order < 0 || (order == 0 && string.CompareOrdinal(backup.Name.Value, after.Name) < 0));

    // Messages of the operating system have paths of the server, which are for its log.
    private static string FaultOf(Exception e) => e switch
    {
        BackupException or CatalogException => e.Message,
        IOException or UnauthorizedAccessException =>
            "BACKUP_PATH can't be written; check its disk's free space and that the service's user may write there (the log has the details)",
        _ => "the backup failed; the service's log has the reason",
    };

    private static Failure Unknown(BackupName name) => new(FailureCode.BackupNotFound, "there is no backup with this name; GET /v1/backups lists all")
    {
        Field = "name",
        Value = name.Value,
        Bound = "the name of a backup",
    };
}
