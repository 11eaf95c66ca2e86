namespace ImageSearch.Grains.Imports;

/// <summary>
/// The time that a piece runs before others get their turn. Pictures that have not started when it ends wait for the piece's next slice.
/// Pictures that have started may finish their attempts: otherwise a picture that takes longer than a slice would never complete.
/// </summary>
internal sealed class ImportTimeSlice : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenSource _graceEnd;
    private readonly CancellationTokenSource _start;
    private readonly CancellationTokenSource _finish;

    public ImportTimeSlice(ImportOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        Cancelled = cancellationToken;
        _end = new CancellationTokenSource(options.TimeSlice, time);
        _graceEnd = new CancellationTokenSource(options.TimeSlice + options.GracePeriod, time);
        _start = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, cancellationToken);
        _finish = CancellationTokenSource.CreateLinkedTokenSource(_graceEnd.Token, cancellationToken);
    }

    /// <summary>The slice is over.</summary>
    public bool HasEnded => _end.IsCancellationRequested;

    /// <summary>The import was cancelled, or its silo shuts down.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>Ends the waits of pictures that have not started.</summary>
    public CancellationToken Start => _start.Token;

    /// <summary>Ends the waits of pictures that have started.</summary>
    public CancellationToken Finish => _finish.Token;

    public void Dispose()
    {
        _start.Dispose();
        _finish.Dispose();
        _end.Dispose();
        _graceEnd.Dispose();
    }
}
