using ImageSearch.Embedding.Inference;
using ImageSearch.Memory;

namespace ImageSearch.Embedding.Lanes;

/// <summary>A picture in the lanes. Either a lane claims it or its caller abandons it, whichever comes first.</summary>
/// <param name="picture">The file's bytes.</param>
/// <param name="views">The views to embed, not <see cref="PictureViews.Recommended"/>.</param>
/// <param name="model">The network.</param>
/// <param name="target">The call that needs the vectors, and the part of the picture that it asks for.</param>
internal sealed class EmbeddingJob(ReadOnlyMemory<byte> picture, PictureViews views, LoadedModel model, EmbeddingTarget target) : IDisposable
{
    private readonly TaskCompletionSource<Result<PictureVectors>> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private CancellationToken _abandoned;
    private bool _isClaimed;

    internal ReadOnlyMemory<byte> Picture => picture;

    internal PictureViews Views => views;

    internal LoadedModel Model => model;

    /// <inheritdoc cref="EmbeddingTarget.LaneOwner"/>
    internal string? Owner => target.LaneOwner;

    internal bool IsImport => target.Use == EmbeddingUse.Import;

    /// <summary>The part to embed as if it were the whole picture; null for all of it.</summary>
    internal PictureRegion? Region => target.Region;

    /// <summary>Whether the box of the main object is returned.</summary>
    internal bool WantsBox => target.WantsBox || views == PictureViews.WholeAndMainObject;

    /// <summary>What is to be kept of the picture; nothing of a part or of a search's.</summary>
    internal KeepPictures Keeps => target is { Region: null, Use: not EmbeddingUse.Search } ? target.Keeps : KeepPictures.None;

    /// <summary>A copy that is decoded instead of the picture's file; null if the file itself is decoded.</summary>
    internal PictureBuffer? Copy { get; private set; }

    /// <summary>The bytes that are decoded.</summary>
    internal ReadOnlySpan<byte> Source => Copy is { } copy ? copy.Content.Span : picture.Span;

    /// <summary>Whether the caller no longer waits for the result.</summary>
    internal bool IsAbandoned => _abandoned.IsCancellationRequested;

    /// <summary>Completes when the picture is embedded, has failed or is abandoned.</summary>
    internal Task<Result<PictureVectors>> Completion => _completion.Task;

    /// <summary>Whether the picture was embedded without a failure.</summary>
    internal bool IsEmbedded { get; private set; }

    /// <summary>Claims the picture for a lane; false if it is abandoned or claimed already.</summary>
    internal bool TryClaim()
    {
        lock (_gate)
        {
            if (IsAbandoned || _isClaimed) return false;
            return _isClaimed = true;
        }
    }

    /// <summary>Releases the claim, so that another lane can claim the picture.</summary>
    internal void Release()
    {
        lock (_gate)
        {
            _isClaimed = false;
            if (IsAbandoned) _completion.TrySetCanceled(_abandoned);
        }
    }

    /// <summary>Abandons the picture. A lane that has claimed it stops soon, but may read its bytes until then.</summary>
    internal void Abandon(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _abandoned = cancellationToken;
            if (!_isClaimed) _completion.TrySetCanceled(cancellationToken);
        }
    }

    /// <summary>Replaces the bytes to decode by a copy of the file, which the job owns.</summary>
    internal void Replace(PictureBuffer? copy)
    {
        Dispose();
        Copy = copy;
    }

    internal void Complete(Result<PictureVectors> result)
    {
        IsEmbedded = result.Failure is null;
        _completion.TrySetResult(result);
    }

    internal void Cancel() => _completion.TrySetCanceled(_abandoned);

    internal void Fail(Exception exception) => _completion.TrySetException(exception);

    /// <summary>Frees the copy.</summary>
    public void Dispose()
    {
        ((IDisposable?)Copy)?.Dispose();
        Copy = null;
    }
}
