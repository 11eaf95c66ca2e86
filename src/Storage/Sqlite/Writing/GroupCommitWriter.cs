using System.Collections.Concurrent;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Files;
using ImageSearch.Storage.Sqlite.Sessions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Sqlite.Writing;

/// <summary>
/// The only writer: a thread that owns the write connection and commits together all writes that arrived during the previous commit. A lone
/// caller waits for one sync of the disk; many callers share one.
/// </summary>
internal sealed class GroupCommitWriter : IAsyncDisposable
{
    private readonly SqliteOptions _options;
    private readonly ILogger _logger;
    private readonly IReadOnlyList<UpkeepTask> _upkeep;
    private readonly SemaphoreSlim _slots;
    private readonly BlockingCollection<ISqliteWrite> _waiting = new(new ConcurrentQueue<ISqliteWrite>());
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CatalogMetrics _metrics = new();
    private readonly CatalogFiles _files;
    private readonly LogRescue _rescue;
    private string? _reportedFault;

    // Until a removed log is noticed, killing the process would lose acknowledged writes.
    private const int FileCheckMilliseconds = 1000;
    private SqliteSession? _session;
    private (string Message, long At)? _fault;
    private readonly Lock _faultLock = new();
    private long _commits;

    public GroupCommitWriter(
        SqliteOptions options, SqliteSession session, IReadOnlyList<UpkeepTask> upkeep, ReadPool readers, ILogger logger)
    {
        (_options, _session, _upkeep, _logger) = (options, session, upkeep, logger);
        _files = new CatalogFiles(options);
        _files.Note();
        _rescue = new LogRescue(options, _files, readers, logger);
        _slots = new SemaphoreSlim(options.QueueCapacity);
        new Thread(Loop) { Name = "catalog writer", IsBackground = true }.Start();
    }

    /// <summary>The number of commits of writes, without those of <see cref="UpkeepTask"/>s.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Why a commit failed within the last <paramref name="time"/>; null if none did.</summary>
    public string? FaultWithin(TimeSpan time)
    {
        lock (_faultLock) return _fault is { } fault && TimeProvider.System.GetElapsedTime(fault.At) < time ? fault.Message : null;
    }

    public CatalogMetrics Metrics => _metrics;

    /// <summary>Runs work in the next commit; completes when it is durable.</summary>
    /// <exception cref="CatalogException">Nothing of the work is stored.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => WriteAsync(work, 1, cancellationToken);

    /// <summary>Runs work that writes this many rows in the next commit; completes when it is durable.</summary>
    /// <exception cref="CatalogException">Nothing of the work is stored.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, int rows, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        SqliteWrite<T> write;
        try
        {
            write = new SqliteWrite<T>(work, rows, cancellationToken);
            _waiting.Add(write, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            _slots.Release();
            throw new ObjectDisposedException(nameof(SqliteCatalog), "the catalog is closed");
        }

        return await write.Completion.ConfigureAwait(false);
    }

    /// <summary>Rejects further writes, completes the queued ones, merges the write-ahead log and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.CompleteAdding();
        await _ended.Task.ConfigureAwait(false);
    }

    private void Loop()
    {
        var group = new List<ISqliteWrite>();
        while (!_waiting.IsCompleted)
        {
            // Upkeep alternates with commits, so that neither has to wait for the other to finish.
            var upkeep = _waiting.IsAddingCompleted ? null : NextUpkeep();
            if (_waiting.TryTake(out var first, upkeep is null ? FileCheckMilliseconds : 0))
            {
                Gather(first, group);
                CommitTogether(group);
                group.Clear();
            }
            else if (upkeep is null)
            {
                CheckFiles();
            }

            if (upkeep is not null && !_waiting.IsAddingCompleted)
            {
                Run(upkeep);
            }
        }

        Close();
        _ended.SetResult();
    }

    private void Gather(ISqliteWrite first, List<ISqliteWrite> group)
    {
        ISqliteWrite? write = first;
        var rows = 0;
        do
        {
            _slots.Release();
            if (write.TryStart())
            {
                group.Add(write);
                rows += write.Rows;
            }
        }
        while (rows < _options.GroupLimit && _waiting.TryTake(out write));
    }

    private void CommitTogether(List<ISqliteWrite> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        var began = CatalogMetrics.Now;
        try
        {
            var db = Session();
            db.Execute("BEGIN IMMEDIATE");
            foreach (var write in group)
            {
                RunInSavepoint(db, write);
            }

            db.Execute("COMMIT");

            // Don't acknowledge writes to a file that is no longer in the folder.
            _files.ThrowIfGone();
            _session = _rescue.Check(db);
            _reportedFault = null;
            Interlocked.Increment(ref _commits);
            _metrics.Committed(group.Sum(write => write.Rows), began);
            foreach (var task in _upkeep) task.Resume();
        }
        catch (Exception e)
        {
            // Catch everything: the exception is for the callers and must not end the thread.
            _logger.SqliteCommitFailed(group.Count, e);
            _metrics.Failed(began);
            Abandon();
            var reason = e is SqliteException sqlite ? SqliteErrors.Translate(sqlite, _options.DataFolder) : e;
            lock (_faultLock) _fault = (reason.Message, TimeProvider.System.GetTimestamp());
            group.ForEach(write => write.Reject(reason));
        }

        group.ForEach(write => write.Complete());
    }

    private void RunInSavepoint(SqliteSession db, ISqliteWrite write)
    {
        db.Execute("SAVEPOINT request");
        try
        {
            write.Run(db);
        }
        catch (Exception e) when (db.InTransaction)
        {
            // Only this write fails. If SQLite has rolled back the transaction, the filter is false and the whole group fails.
            db.Execute("ROLLBACK TO request");
            _logger.SqliteWriteFailed(e);
            write.Reject(e is SqliteException sqlite ? SqliteErrors.Translate(sqlite) : e);
        }

        db.Execute("RELEASE request");
    }

    private UpkeepTask? NextUpkeep()
    {
        foreach (var task in _upkeep)
        {
            if (task.HasWork) return task;
        }

        return null;
    }

    private void Run(UpkeepTask upkeep)
    {
        try
        {
            upkeep.DoSome(Session());
        }
        catch (Exception e)
        {
            upkeep.LogFailure(e);
            upkeep.Pause();
            Abandon();
        }
    }

    // Writes to a removed file would seem durable and be lost.
    private SqliteSession Session()
    {
        _files.ThrowIfGone();
        return _session = _session is null ? LogRescue.Open(_options, _files) : _rescue.Check(_session);
    }

    private void CheckFiles()
    {
        try
        {
            if (_session is not null) Session();
        }
        catch (Exception e)
        {
            // Logged once; each write reports it to its caller.
            if (_reportedFault != e.Message) _logger.CatalogFilesGone(e.Message);
            _reportedFault = e.Message;
        }
    }

    // After a failure the state of the connection is unknown, so the next write opens a new one.
    private void Abandon()
    {
        // Closing it would lose what only its open files still contain.
        if (_session is not null && _files.AreGone())
        {
            if (_session.InTransaction) _session.Execute("ROLLBACK");
            return;
        }

        _session?.Dispose();
        _session = null;
    }

    private void Close()
    {
        try
        {
            _session?.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (Exception e)
        {
            _logger.CheckpointFailed(e);
        }

        _session?.Dispose();
        _metrics.Dispose();
        _waiting.Dispose();
    }
}
