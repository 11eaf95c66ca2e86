namespace ImageSearch.Grains.Imports;

/// <summary>A picture that waits for the next call to its table.</summary>
internal sealed class WaitingPicture(NewPicture picture, CancellationToken cancellationToken)
{
    public NewPicture Picture => picture;

    /// <summary>Bytes of its vectors and of what is kept of it.</summary>
    public long Bytes =>
        ((picture.Vectors.Whole.Length + (picture.Vectors.MainObject?.Length ?? 0)) * (long)sizeof(float)) + (picture.Vectors.Kept?.Bytes ?? 0);

    /// <summary>Completes when the picture is stored or refused.</summary>
    public TaskCompletionSource<Result<long>> Added { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends the wait if its caller has cancelled it.</summary>
    public bool TryCancel() => cancellationToken.IsCancellationRequested && Added.TrySetCanceled(cancellationToken);
}
