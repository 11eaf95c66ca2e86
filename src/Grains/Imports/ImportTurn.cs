namespace ImageSearch.Grains.Imports;

/// <summary>
/// The time of a piece's turn. What has not begun when it is over waits for the piece's next one, after other pieces; what has begun may
/// take its tries to their end, or a picture that takes longer than a turn would never come to one.
/// </summary>
internal sealed class ImportTurn : IDisposable
{
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenSource _late;
    private readonly CancellationTokenSource _waiting;
    private readonly CancellationTokenSource _goingOn;

    public ImportTurn(ImportOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        Cancelled = cancellationToken;
        _over = new CancellationTokenSource(options.Turn, time);
        _late = new CancellationTokenSource(options.Turn + options.Overtime, time);
        _waiting = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, cancellationToken);
        _goingOn = CancellationTokenSource.CreateLinkedTokenSource(_late.Token, cancellationToken);
    }

    /// <summary>Whether it is over.</summary>
    public bool IsOver => _over.IsCancellationRequested;

    /// <summary>The import was ended, or its silo leaves.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>Ends the waits of pictures that have not begun.</summary>
    public CancellationToken Waiting => _waiting.Token;

    /// <summary>Ends the waits of those that have.</summary>
    public CancellationToken GoingOn => _goingOn.Token;

    public void Dispose()
    {
        _waiting.Dispose();
        _goingOn.Dispose();
        _over.Dispose();
        _late.Dispose();
    }
}
