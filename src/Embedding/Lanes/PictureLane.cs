using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Lanes;

/// <summary>Embeds one picture at a time, from its bytes to its vectors, on one thread.</summary>
internal sealed class PictureLane(EmbeddingSession session, EmbeddingMetrics metrics) : IDisposable
{
    private readonly PictureDecoder _decoder = new(session.Manifest.Input);
    private readonly TensorLane _tensors = session.NewLane();

    /// <summary>Embeds the views that the job wants.</summary>
    internal Result<PictureVectors> Embed(EmbeddingJob job)
    {
        if (!View(job, box: null).TryGet(out var whole, out var failure)) return failure;
        var model = session.Manifest.Identity;
        if (job.Views == PictureViews.Whole || FindMainObject(job.Header) is not { } box) return new PictureVectors(model, whole);
        return View(job, box).TryGet(out var mainObject, out failure) ? new PictureVectors(model, whole, mainObject) : failure;
    }

    /// <inheritdoc/>
    public void Dispose() => _tensors.Dispose();

    /// <summary>The main object in the picture that was run last.</summary>
    private PixelBox? FindMainObject(PictureHeader header) =>
        session.Manifest.Saliency is { } saliency
            ? SaliencyBox.Find(_tensors.Saliency, saliency, session.Manifest.Input, header.Width, header.Height)
            : null;

    private Result<float[]> View(EmbeddingJob job, PixelBox? box)
    {
        var began = EmbeddingMetrics.Now;
        if (_decoder.Decode(job.Picture.Span, job.Header, box, _tensors.Pixels) is { } failure) return failure;
        metrics.Decoded(began);
        began = EmbeddingMetrics.Now;
        _tensors.Run();
        metrics.Inferred(began);
        return UnitVector.Of(_tensors.Embedding) is { } unit
            ? unit
            : new Failure(FailureCode.PictureHasNoVector, "the network gives no vector for this picture; send another one");
    }
}
