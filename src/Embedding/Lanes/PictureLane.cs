using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Pictures.Structure;
using ImageSearch.Embedding.Pictures.Whole;

namespace ImageSearch.Embedding.Lanes;

/// <summary>Embeds one picture at a time, from its bytes to its vectors, on one thread.</summary>
/// <param name="session">The network; disposed of by its owner after the lane.</param>
/// <param name="headers">Reads and checks headers.</param>
/// <param name="memory">What decoding takes.</param>
/// <param name="most">CPU time for a picture.</param>
/// <param name="metrics">Is told how long the stages take.</param>
/// <param name="mostPieces">Pieces of a file beside what its picture needs that the lane walks over.</param>
internal sealed class PictureLane(
    EmbeddingSession session, PictureHeaderReader headers, DecodeMemory memory, TimeSpan most, EmbeddingMetrics metrics, int mostPieces = int.MaxValue)
    : IDisposable
{
    private readonly PictureDecoder _decoder = new(session.Manifest.Input);
    private readonly TensorLane _tensors = session.NewLane();
    private readonly WorkLimit _limit = new(most);

    /// <summary>Looks at the file's structure and reads its header: the first step with a picture.</summary>
    /// <exception cref="ManyPiecesException">The file has more pieces than the lane walks over.</exception>
    internal Result<PictureHeader> Look(EmbeddingJob job)
    {
        _limit.Begin(job);
        using var share = memory.Take(DecodeEstimate.HeaderBytes(job.Picture.Length));
        if (!headers.TypeOf(job.Picture.Span).TryGet(out var type, out var failure)) return failure;
        failure = EssentialFile.Of(type, job.Picture.Span, mostPieces, out var copy);
        job.Replace(copy);
        return failure is null ? headers.Read(type, job.Source) : failure;
    }

    /// <summary>Embeds the views that the job wants.</summary>
    internal Result<PictureVectors> Embed(EmbeddingJob job, PictureHeader header)
    {
        try
        {
            using var share = memory.Take(DecodeEstimate.Bytes(header) + job.Source.Length + (job.Copy?.Length ?? 0));
            return EmbedViews(job, header);
        }
        catch (WorkEndedException ended) when (!ended.IsGivenUp)
        {
            return new Failure(
                FailureCode.PictureTooDear,
                $"the picture took longer than {most.TotalSeconds:0} s to decode; send it smaller or raise PICTURE_SECONDS");
        }
    }

    /// <summary>Lets go of the last picture.</summary>
    internal void Rest() => _limit.End();

    /// <inheritdoc/>
    public void Dispose() => _tensors.Dispose();

    private Result<PictureVectors> EmbedViews(EmbeddingJob job, PictureHeader header)
    {
        PictureReading? reading = null;
        if (!View(job, header, ref reading, box: null).TryGet(out var whole, out var failure)) return failure;
        var model = session.Manifest.Identity;
        if (job.Views == PictureViews.Whole || FindMainObject(header) is not { } box) return new PictureVectors(model, whole);
        return View(job, header, ref reading, box).TryGet(out var mainObject, out failure) ? new PictureVectors(model, whole, mainObject) : failure;
    }

    /// <summary>The main object in the picture that was run last.</summary>
    private PixelBox? FindMainObject(PictureHeader header) =>
        session.Manifest.Saliency is { } saliency
            ? SaliencyBox.Find(_tensors.Saliency, saliency, session.Manifest.Input, header.Width, header.Height)
            : null;

    private Result<float[]> View(EmbeddingJob job, PictureHeader header, ref PictureReading? reading, PixelBox? box)
    {
        _limit.Check();
        var began = EmbeddingMetrics.Now;
        if (_decoder.Decode(job.Source, header, ref reading, box, _tensors.Pixels, _limit.Check) is { } failure) return failure;
        metrics.Decoded(began);
        _limit.Check();
        began = EmbeddingMetrics.Now;
        _tensors.Run();
        metrics.Inferred(began);
        return UnitVector.Of(_tensors.Embedding) is { } unit
            ? unit
            : new Failure(FailureCode.PictureHasNoVector, "the network gives no vector for this picture; send another one");
    }
}
