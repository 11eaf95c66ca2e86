namespace ImageSearch.Grains.Imports;

/// <summary>A picture that waits for the next call to its table.</summary>
internal sealed class WaitingPicture(NewPicture picture, CancellationToken cancellationToken)
{
    public NewPicture Picture => picture;

    public long VectorBytes => (picture.Vectors.Whole.Length + (picture.Vectors.MainObject?.Length ?? 0)) * (long)sizeof(float);

    /// <summary>Completes when the picture is stored or refused.</summary>
    public TaskCompletionSource<Result<long>> Added { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends the wait if its caller has cancelled it.</summary>
    public bool TryCancel() => cancellationToken.IsCancellationRequested && Added.TrySetCanceled(cancellationToken);
}
