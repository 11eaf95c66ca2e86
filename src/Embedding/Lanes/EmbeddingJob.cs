using ImageSearch.Memory;

namespace ImageSearch.Embedding.Lanes;

/// <summary>A picture on its way through the lanes. A waiting one is taken by a lane or given up by its caller, whoever comes first.</summary>
internal sealed class EmbeddingJob(ReadOnlyMemory<byte> picture, PictureViews views) : IDisposable
{
    private readonly TaskCompletionSource<Result<PictureVectors>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private CancellationToken _givenUp;
    private bool _isTaken;

    internal ReadOnlyMemory<byte> Picture => picture;

    internal PictureViews Views => views;

    /// <summary>What is decoded instead of the picture's file; null where that is decoded as it is.</summary>
    internal PictureBuffer? Copy { get; private set; }

    /// <summary>The bytes that are decoded.</summary>
    internal ReadOnlySpan<byte> Source => Copy is { } copy ? copy.Content.Span : picture.Span;

    /// <summary>The caller does not want the picture any more.</summary>
    internal bool IsGivenUp => _givenUp.IsCancellationRequested;

    /// <summary>Ends when the picture is embedded, has failed or was given up.</summary>
    internal Task<Result<PictureVectors>> Answer => _answer.Task;

    /// <summary>Whether its vectors are there.</summary>
    internal bool IsEmbedded { get; private set; }

    /// <summary>The lane's claim; false where the caller has given the picture up.</summary>
    internal bool TryTake()
    {
        lock (_gate)
        {
            if (IsGivenUp || _isTaken) return false;
            return _isTaken = true;
        }
    }

    /// <summary>The lane's claim ends; another lane takes the picture.</summary>
    internal void LetGo()
    {
        lock (_gate)
        {
            _isTaken = false;
            if (IsGivenUp) _answer.TrySetCanceled(_givenUp);
        }
    }

    /// <summary>The caller's wish to give up. A lane that works on the picture reads its bytes and ends soon.</summary>
    internal void GiveUp(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _givenUp = cancellationToken;
            if (!_isTaken) _answer.TrySetCanceled(cancellationToken);
        }
    }

    /// <summary>The lane goes on with a copy of the file, which it disposes of with the job's work.</summary>
    internal void Replace(PictureBuffer? copy)
    {
        Dispose();
        Copy = copy;
    }

    internal void Finish(Result<PictureVectors> result)
    {
        IsEmbedded = result.Failure is null;
        _answer.TrySetResult(result);
    }

    internal void Cancel() => _answer.TrySetCanceled(_givenUp);

    internal void Fail(Exception exception) => _answer.TrySetException(exception);

    /// <summary>Frees the copy.</summary>
    public void Dispose()
    {
        ((IDisposable?)Copy)?.Dispose();
        Copy = null;
    }
}
