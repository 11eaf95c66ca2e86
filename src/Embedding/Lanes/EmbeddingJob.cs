using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Lanes;

/// <summary>A picture on its way through a lane. Either its lane takes it or its caller gives it up, whoever comes first.</summary>
internal sealed class EmbeddingJob(ReadOnlyMemory<byte> picture, PictureHeader header, PictureViews views)
{
    private readonly TaskCompletionSource<Result<PictureVectors>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;

    internal ReadOnlyMemory<byte> Picture => picture;

    internal PictureHeader Header => header;

    internal PictureViews Views => views;

    /// <summary>Ends when the picture is embedded, has failed or was given up.</summary>
    internal Task<Result<PictureVectors>> Answer => _answer.Task;

    /// <summary>The lane's claim; false where the caller has given the picture up.</summary>
    internal bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    /// <summary>The caller's wish to give up; without effect once a lane works on the picture, for that reads its bytes.</summary>
    internal void GiveUp(CancellationToken cancellationToken)
    {
        if (TryTake()) _answer.TrySetCanceled(cancellationToken);
    }

    internal void Finish(Result<PictureVectors> result) => _answer.TrySetResult(result);

    internal void Fail(Exception exception) => _answer.TrySetException(exception);
}
