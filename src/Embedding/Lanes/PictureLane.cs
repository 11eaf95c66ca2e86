using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Pictures.Structure;
using ImageSearch.Embedding.Pictures.Completeness;

namespace ImageSearch.Embedding.Lanes;

/// <summary>Embeds one picture at a time, from its bytes to its vectors, on one thread.</summary>
/// <param name="session">The network. Its owner disposes of it after the lane.</param>
/// <param name="headers">Reads and checks headers.</param>
/// <param name="memory">Memory for decoding.</param>
/// <param name="timeLimit">Greatest CPU time of a picture.</param>
/// <param name="metrics">Receives the duration of the stages.</param>
/// <param name="maxPieces">Greatest number of pieces of a file, beyond those that its picture needs.</param>
internal sealed class PictureLane(
    EmbeddingSession session, PictureHeaderReader headers, DecodeMemory memory, TimeSpan timeLimit, EmbeddingMetrics metrics, int maxPieces = int.MaxValue)
    : IDisposable
{
    private readonly PictureDecoder _decoder = new(session.Manifest.Input);
    private readonly TensorLane _tensors = session.NewLane();
    private readonly WorkLimit _limit = new(timeLimit);

    /// <summary>Checks the structure of the file and reads its header. The first step for every picture.</summary>
    /// <exception cref="TooManyPiecesException">The file has more pieces than the lane accepts.</exception>
    internal Result<PictureHeader> Inspect(EmbeddingJob job)
    {
        _limit.Begin(job);
        using var lease = memory.Acquire(DecodeEstimate.HeaderBytes(job.Picture.Length));
        if (!headers.TypeOf(job.Picture.Span).TryGet(out var type, out var failure)) return failure;
        failure = EssentialFile.Of(type, job.Picture.Span, maxPieces, out var copy);
        job.Replace(copy);
        return failure is null ? headers.Read(type, job.Source) : failure;
    }

    /// <summary>Embeds the views that the job asks for.</summary>
    internal Result<PictureVectors> Embed(EmbeddingJob job, PictureHeader header)
    {
        try
        {
            using var lease = memory.Acquire(DecodeEstimate.Bytes(header) + job.Source.Length + (job.Copy?.Length ?? 0));
            return EmbedViews(job, header);
        }
        catch (WorkStoppedException ended) when (!ended.IsAbandoned)
        {
            return new Failure(
                FailureCode.PictureTooDear,
                $"the picture took longer than {timeLimit.TotalSeconds:0} s to decode; send it smaller or raise PICTURE_SECONDS");
        }
    }

    /// <summary>Releases the last picture.</summary>
    internal void Reset() => _limit.Clear();

    /// <inheritdoc/>
    public void Dispose() => _tensors.Dispose();

    private Result<PictureVectors> EmbedViews(EmbeddingJob job, PictureHeader header)
    {
        DecodePlan? plan = null;
        if (!View(job, header, ref plan, box: null).TryGet(out var whole, out var failure)) return failure;
        var model = session.Manifest.Identity;
        if (job.Views == PictureViews.Whole || FindMainObject(header) is not { } box) return new PictureVectors(model, whole);
        return View(job, header, ref plan, box).TryGet(out var mainObject, out failure) ? new PictureVectors(model, whole, mainObject) : failure;
    }

    // The main object of the picture that the network ran on last.
    private PixelBox? FindMainObject(PictureHeader header) =>
        session.Manifest.Saliency is { } saliency
            ? SaliencyBox.Find(_tensors.Saliency, saliency, session.Manifest.Input, header.Width, header.Height)
            : null;

    private Result<float[]> View(EmbeddingJob job, PictureHeader header, ref DecodePlan? plan, PixelBox? box)
    {
        _limit.Check();
        var started = EmbeddingMetrics.Now;
        if (_decoder.Decode(job.Source, header, ref plan, box, _tensors.Pixels, _limit.Check) is { } failure) return failure;
        metrics.Decoded(started);
        _limit.Check();
        started = EmbeddingMetrics.Now;
        _tensors.Run();
        metrics.Inferred(started);
        return UnitVector.Of(_tensors.Embedding) is { } unit
            ? unit
            : new Failure(FailureCode.PictureHasNoVector, "the network gives no vector for this picture; send another one");
    }
}
