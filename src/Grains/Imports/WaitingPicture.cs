namespace ImageSearch.Grains.Imports;

/// <summary>A picture that waits for the next call to its table.</summary>
internal sealed class WaitingPicture<TPicture, TResult>(TPicture picture, PictureVectors vectors, CancellationToken cancellationToken)
{
    public TPicture Picture => picture;

    /// <summary>Bytes of its vectors and of what is kept of it.</summary>
    public long Bytes => ((vectors.Whole.Length + (vectors.MainObject?.Length ?? 0)) * (long)sizeof(float)) + (vectors.Kept?.Bytes ?? 0);

    /// <summary>Completes when the picture is stored or refused.</summary>
    public TaskCompletionSource<Result<TResult>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends the wait if its caller has cancelled it.</summary>
    public bool TryCancel() => cancellationToken.IsCancellationRequested && Done.TrySetCanceled(cancellationToken);
}
