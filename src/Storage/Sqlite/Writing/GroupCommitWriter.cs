using System.Collections.Concurrent;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Files;
using ImageSearch.Storage.Sqlite.Sessions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Sqlite.Writing;

/// <summary>
/// The one writer: a thread that owns the write connection and commits together whatever has come while it made the commit before
/// durable. A lone caller waits for one sync of the disk, many callers share it.
/// </summary>
internal sealed class GroupCommitWriter : IAsyncDisposable
{
    private readonly SqliteOptions _options;
    private readonly ILogger _logger;
    private readonly DropSweeper _sweeper;
    private readonly SemaphoreSlim _slots;
    private readonly BlockingCollection<ISqliteWrite> _waiting = new(new ConcurrentQueue<ISqliteWrite>());
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CatalogMetrics _metrics = new();
    private readonly CatalogFiles _files;
    private readonly LogRescue _rescue;
    private string? _reportedFault;

    // What was answered before a log was removed is lost by a kill until it is noticed.
    private const int LookEveryMilliseconds = 1000;
    private SqliteSession? _session;
    private (string Message, long At)? _fault;
    private readonly Lock _faultLock = new();
    private long _commits;

    public GroupCommitWriter(SqliteOptions options, SqliteSession session, DropSweeper sweeper, ReadPool readers, ILogger logger)
    {
        (_options, _session, _sweeper, _logger) = (options, session, sweeper, logger);
        _files = new CatalogFiles(options);
        _files.Note();
        _rescue = new LogRescue(options, _files, readers, logger);
        _slots = new SemaphoreSlim(options.QueueCapacity);
        new Thread(Loop) { Name = "catalog writer", IsBackground = true }.Start();
    }

    /// <summary>Commits of writes so far; those of a drop's clean-up are not counted.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Why a commit failed within this time; null where none did.</summary>
    public string? FaultWithin(TimeSpan time)
    {
        lock (_faultLock) return _fault is { } fault && TimeProvider.System.GetElapsedTime(fault.At) < time ? fault.Message : null;
    }

    public CatalogMetrics Metrics => _metrics;

    /// <summary>Runs work in the next commit; ends when it is durable.</summary>
    /// <exception cref="CatalogException">Nothing of it is stored.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        SqliteWrite<T> write;
        try
        {
            write = new SqliteWrite<T>(work, cancellationToken);
            _waiting.Add(write, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            _slots.Release();
            throw new ObjectDisposedException(nameof(SqliteCatalog), "the catalog is closed");
        }

        return await write.Completion.ConfigureAwait(false);
    }

    /// <summary>Takes no more writes, finishes those it took, merges the write-ahead log and closes the file.</summary>
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
            // A drop's clean-up takes a turn between two commits, so that neither waits for the other to end.
            var sweeping = _sweeper.HasWork && !_waiting.IsAddingCompleted;
            if (_waiting.TryTake(out var first, sweeping ? 0 : LookEveryMilliseconds))
            {
                Gather(first, group);
                CommitTogether(group);
                group.Clear();
            }
            else if (!sweeping)
            {
                LookAtFiles();
            }

            if (sweeping && !_waiting.IsAddingCompleted)
            {
                Sweep();
            }
        }

        Close();
        _ended.SetResult();
    }

    private void Gather(ISqliteWrite first, List<ISqliteWrite> group)
    {
        ISqliteWrite? write = first;
        do
        {
            _slots.Release();
            if (write.TryStart())
            {
                group.Add(write);
            }
        }
        while (group.Count < _options.GroupLimit && _waiting.TryTake(out write));
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
                RunApart(db, write);
            }

            db.Execute("COMMIT");

            // Nothing is answered that went into a file which nobody finds again.
            _files.ThrowIfGone();
            _session = _rescue.Check(db);
            _reportedFault = null;
            Interlocked.Increment(ref _commits);
            _metrics.Committed(group.Count, began);
            _sweeper.Resume();
        }
        catch (Exception e)
        {
            // Whatever it is, it is the callers' and must not end the thread.
            _logger.SqliteCommitFailed(group.Count, e);
            _metrics.Failed(began);
            Abandon();
            var reason = e is SqliteException sqlite ? SqliteErrors.Translate(sqlite, _options.DataFolder) : e;
            lock (_faultLock) _fault = (reason.Message, TimeProvider.System.GetTimestamp());
            group.ForEach(write => write.Reject(reason));
        }

        group.ForEach(write => write.Complete());
    }

    private void RunApart(SqliteSession db, ISqliteWrite write)
    {
        db.Execute("SAVEPOINT request");
        try
        {
            write.Run(db);
        }
        catch (Exception e) when (db.InTransaction)
        {
            // Only this write's; where SQLite has rolled everything back the filter lets it pass, and the whole group fails.
            db.Execute("ROLLBACK TO request");
            _logger.SqliteWriteFailed(e);
            write.Reject(e is SqliteException sqlite ? SqliteErrors.Translate(sqlite) : e);
        }

        db.Execute("RELEASE request");
    }

    private void Sweep()
    {
        try
        {
            _sweeper.SweepSome(Session());
        }
        catch (Exception e)
        {
            _logger.DropPaused(e);
            _sweeper.Pause();
            Abandon();
        }
    }

    // Writing on to a file that somebody removed would look durable and be lost.
    private SqliteSession Session()
    {
        _files.ThrowIfGone();
        return _session = _session is null ? LogRescue.Open(_options, _files) : _rescue.Check(_session);
    }

    private void LookAtFiles()
    {
        try
        {
            if (_session is not null) Session();
        }
        catch (Exception e)
        {
            // Said once; each write says it to its caller.
            if (_reportedFault != e.Message) _logger.CatalogFilesGone(e.Message);
            _reportedFault = e.Message;
        }
    }

    // After a failure the connection may be in any state; a new one starts clean.
    private void Abandon()
    {
        // Closed, it would take with it what only its open files still have.
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
