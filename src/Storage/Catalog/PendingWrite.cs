namespace ImageSearch.Storage.Catalog;

/// <summary>A write in a catalog's queue, as the catalog's one writer sees it.</summary>
internal interface IPendingWrite
{
    /// <summary>How many rows it writes, for the limit of a commit.</summary>
    int Rows { get; }

    /// <summary>When it was queued, as a timestamp of the system's <see cref="TimeProvider"/>.</summary>
    long QueuedAt { get; }

    /// <summary>False if the caller cancelled in time: the writer skips the write.</summary>
    bool TryStart();

    /// <summary>Makes the outcome an exception.</summary>
    void Reject(Exception reason);

    /// <summary>Ends the caller's task with the outcome; called after the commit only.</summary>
    void Complete();
}

/// <inheritdoc cref="IPendingWrite"/>
/// <remarks>Its work may be tried more than once; the last outcome counts.</remarks>
internal abstract class PendingWrite<T> : IPendingWrite
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Cancelled = 2;

    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _cancellation;

    // Continuations run elsewhere: the writer has the next commit to do.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state = Waiting;
    private T? _outcome;
    private Exception? _rejection;

    protected PendingWrite(CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _cancellation = cancellationToken.UnsafeRegister(static write => ((PendingWrite<T>)write!).Cancel(), this);
    }

    public virtual int Rows => 1;

    public long QueuedAt { get; } = TimeProvider.System.GetTimestamp();

    /// <summary>Ends when the write is durable.</summary>
    public Task<T> Completion => _completion.Task;

    public bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Waiting) == Waiting;

    public void Succeed(T outcome) => (_outcome, _rejection) = (outcome, null);

    public void Reject(Exception reason) => _rejection = reason;

    public void Complete()
    {
        _cancellation.Dispose();
        if (_rejection is null) _completion.TrySetResult(_outcome!);
        else _completion.TrySetException(_rejection);
    }

    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting) _completion.TrySetCanceled(_cancellationToken);
    }
}
