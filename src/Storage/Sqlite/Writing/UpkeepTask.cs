using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Writing;

/// <summary>
/// Work that the writer does between commits, in transactions of a few milliseconds, so that it delays no write by more than one of them.
/// Used by the writer's thread only.
/// </summary>
internal abstract class UpkeepTask
{
    private bool _paused;
    private bool _hasWork = true;

    /// <summary>Whether a call of <see cref="DoSome"/> may have something to do.</summary>
    public bool HasWork => _hasWork && !_paused;

    /// <summary>Called in a transaction that leaves work.</summary>
    public void WorkAdded() => _hasWork = true;

    /// <summary>After a failure: pauses until a write succeeds.</summary>
    public void Pause() => _paused = true;

    public void Resume() => _paused = false;

    /// <summary>Does one batch in a transaction of its own.</summary>
    public void DoSome(SqliteSession db)
    {
        db.Execute("BEGIN IMMEDIATE");
        var more = RunBatch(db);
        db.Execute("COMMIT");
        _hasWork = more;
        Committed();
    }

    /// <summary>Reports a failure of a batch.</summary>
    public abstract void LogFailure(Exception exception);

    /// <summary>Does one batch.</summary>
    /// <returns>Whether there may be more.</returns>
    protected abstract bool RunBatch(SqliteSession db);

    /// <summary>Called when the batch is durable.</summary>
    protected virtual void Committed()
    {
    }
}
