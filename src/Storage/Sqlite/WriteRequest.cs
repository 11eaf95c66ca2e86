namespace ImageSearch.Storage.Sqlite;

/// <summary>A write that waits for the writer's thread.</summary>
internal abstract class WriteRequest
{
    /// <summary>False where the caller cancelled in time: the request is skipped.</summary>
    public abstract bool TryStart();

    /// <summary>Does the work inside the writer's transaction; its outcome is kept until the commit.</summary>
    public abstract void Run(SqliteSession db);

    /// <summary>Ends the caller's task as the work ended; called after the commit only.</summary>
    public abstract void Complete();

    /// <summary>Makes the outcome an exception: nothing of this request is stored.</summary>
    public abstract void Reject(Exception reason);
}

/// <inheritdoc cref="WriteRequest"/>
internal sealed class WriteRequest<T> : WriteRequest
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Cancelled = 2;

    private readonly Func<SqliteSession, T> _work;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _cancellation;

    // Continuations run elsewhere: the writer's thread has the next commit to do.
    private readonly TaskCompletionSource<T> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state = Waiting;
    private T? _value;
    private Exception? _rejection;

    public WriteRequest(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        _work = work;
        _cancellationToken = cancellationToken;
        _cancellation = cancellationToken.UnsafeRegister(static request => ((WriteRequest<T>)request!).Cancel(), this);
    }

    public Task<T> Ended => _ended.Task;

    public override bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Waiting) == Waiting;

    public override void Run(SqliteSession db) => _value = _work(db);

    public override void Complete()
    {
        _cancellation.Dispose();
        if (_rejection is null)
        {
            _ended.TrySetResult(_value!);
        }
        else
        {
            _ended.TrySetException(_rejection);
        }
    }

    public override void Reject(Exception reason) => _rejection = reason;

    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting)
        {
            _ended.TrySetCanceled(_cancellationToken);
        }
    }
}
