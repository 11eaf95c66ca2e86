using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.MySql;

/// <summary>A write of one table that waits for its group's commit. Its work may be tried more than once; the last outcome counts.</summary>
internal abstract class MySqlWrite(TableGeneration table)
{
    public TableGeneration Table { get; } = table;

    /// <summary>When it began to wait, as the system's <see cref="TimeProvider.GetTimestamp"/> counts.</summary>
    public long Since { get; } = TimeProvider.System.GetTimestamp();

    /// <summary>False where the caller cancelled in time: the write is skipped.</summary>
    public abstract bool TryStart();

    /// <summary>Does the work inside the table's transaction.</summary>
    public abstract Task ApplyAsync(TableTransaction table);

    /// <summary>Makes the outcome a failure.</summary>
    public abstract void Fail(Failure failure);

    /// <summary>Makes the outcome an exception.</summary>
    public abstract void Reject(Exception reason);

    /// <summary>Ends the caller's task with the outcome; called after the commit only.</summary>
    public abstract void Complete();
}

/// <inheritdoc cref="MySqlWrite"/>
internal class MySqlWrite<T> : MySqlWrite
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Cancelled = 2;

    private readonly Func<TableTransaction, Task<Result<T>>> _work;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _cancellation;

    // Continuations run elsewhere: the writer has the next commit to do.
    private readonly TaskCompletionSource<Result<T>> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state = Waiting;
    private Result<T> _outcome;
    private Exception? _rejection;

    public MySqlWrite(TableGeneration table, Func<TableTransaction, Task<Result<T>>> work, CancellationToken cancellationToken)
        : base(table)
    {
        _work = work;
        _cancellationToken = cancellationToken;
        _cancellation = cancellationToken.UnsafeRegister(static write => ((MySqlWrite<T>)write!).Cancel(), this);
    }

    public Task<Result<T>> Ended => _ended.Task;

    public override bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Waiting) == Waiting;

    public override async Task ApplyAsync(TableTransaction table) => Succeed(await _work(table).ConfigureAwait(false));

    public void Succeed(Result<T> outcome) => (_outcome, _rejection) = (outcome, null);

    public override void Fail(Failure failure) => Succeed(failure);

    public override void Reject(Exception reason) => _rejection = reason;

    public override void Complete()
    {
        _cancellation.Dispose();
        if (_rejection is null) _ended.TrySetResult(_outcome);
        else _ended.TrySetException(_rejection);
    }

    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting) _ended.TrySetCanceled(_cancellationToken);
    }
}

/// <summary>An add, which goes into one statement with others of its group where it replaces nothing.</summary>
internal sealed class AddWrite(TableGeneration table, NewPicture picture, EncodedVectors vectors, CancellationToken cancellationToken)
    : MySqlWrite<RowVersion>(table, transaction => transaction.AddOrReplaceAsync(picture.Texts, vectors), cancellationToken)
{
    public PictureTexts Texts => picture.Texts;

    public EncodedVectors Vectors => vectors;

    public bool MayReplace => picture is { ReplaceSameKey: true, Texts.Key: not null };
}
