using System.Threading.Channels;
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
public sealed partial class FolderBackups(BackupOptions options, string dataFolder, TimeProvider time, ILogger<FolderBackups> logger) : IBackups
{
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

    // Two backups of one second.
    private BackupName FreeName()
    {
        var name = BackupName.Of(time.GetUtcNow());
        for (var i = 2; _folder.Has(name); i++) name = BackupName.Parse($"{BackupName.Of(time.GetUtcNow())}-{i}").Value;
        return name;
    }

    private static bool IsAfter(BackupStatus backup, BackupPosition after) =>
        string.CompareOrdinal(backup.Began, after.Began) is var order && (order < 0 || (order == 0 && string.CompareOrdinal(backup.Name.Value, after.Name) < 0));

    private static Failure Unknown(BackupName name) => new(FailureCode.BackupNotFound, "there is no backup with this name; GET /v1/backups lists all")
    {
        Field = "name",
        Value = name.Value,
        Bound = "the name of a backup",
    };
}
