using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Pictures.Structure;
using ImageSearch.Embedding.Pictures.Completeness;
using ImageSearch.Embedding.Pictures.Thumbnails;

namespace ImageSearch.Embedding.Lanes;

/// <summary>Embeds one picture at a time, from its bytes to its vectors, on one thread.</summary>
/// <param name="headers">Reads and checks headers.</param>
/// <param name="memory">Memory for decoding.</param>
/// <param name="timeLimit">Greatest CPU time of a picture.</param>
/// <param name="metrics">Receives the duration of the stages.</param>
/// <param name="isAlone">Whether the other lanes have no work, so that the network may use their cores.</param>
/// <param name="maxPieces">Greatest number of pieces of a file, beyond those that its picture needs.</param>
internal sealed class PictureLane(
    PictureHeaderReader headers,
    DecodeMemory memory,
    TimeSpan timeLimit,
    EmbeddingMetrics metrics,
    Func<bool> isAlone,
    int maxPieces = int.MaxValue)
    : IDisposable
{
    // A process has few models, so nothing is evicted: the buffers of a lane for one model take 170 KB.
    private readonly Dictionary<LoadedModel, LaneModel> _models = [];
    private readonly WorkLimit _limit = new(timeLimit);
    private ThumbnailMaker? _thumbnails;

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
            var kept = job.Keeps == KeepPictures.None ? 0 : ThumbnailMaker.MaxBytes;
            using var lease = memory.Acquire(DecodeEstimate.Bytes(header) + job.Source.Length + (job.Copy?.Length ?? 0) + kept);
            return EmbedViews(job, header);
        }
        catch (WorkStoppedException ended) when (!ended.IsAbandoned)
        {
            return new Failure(
                FailureCode.PictureTooCostly,
                $"the picture took longer than {timeLimit.TotalSeconds:0} s to decode; send it smaller or raise PICTURE_SECONDS");
        }
    }

    /// <summary>Releases the last picture.</summary>
    internal void Reset() => _limit.Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var model in _models.Values) model.Dispose();
        _thumbnails?.Dispose();
    }

    private Result<PictureVectors> EmbedViews(EmbeddingJob job, PictureHeader header)
    {
        DecodePlan? plan = null;
        if (!RegionPixels.Of(job.Region, header).TryGet(out var region, out var failure)) return failure;
        var model = ModelOf(job);
        var thumbnail = job.Keeps == KeepPictures.None ? null : _thumbnails ??= new ThumbnailMaker();
        if (!View(model, job, header, ref plan, region.Box, thumbnail).TryGet(out var whole, out failure)) return failure;
        var box = job.WantsBox ? model.FindMainObject(header, region.Box) : null;
        var vectors = new PictureVectors(job.Model.Manifest.Identity, whole)
        {
            Box = box is { } found ? RegionPixels.Shares(found, header) : null,
            Width = header.Width,
            Height = header.Height,
            Kept = thumbnail is null ? null : Keep(job, header, thumbnail),
        };
        if (job.Views == PictureViews.Whole || box is null) return vectors;
        return View(model, job, header, ref plan, box).TryGet(out var mainObject, out failure) ? vectors with { MainObject = mainObject } : failure;
    }

    private LaneModel ModelOf(EmbeddingJob job)
    {
        if (!_models.TryGetValue(job.Model, out var model)) _models.Add(job.Model, model = new LaneModel(job.Model));
        return model;
    }

    private KeptPictures Keep(EmbeddingJob job, PictureHeader header, ThumbnailMaker thumbnail)
    {
        var started = EmbeddingMetrics.Now;
        var encoded = thumbnail.Encode();
        metrics.Thumbnailed(started);
        return new KeptPictures(
            encoded, job.Keeps == KeepPictures.Original ? new KeptPicture(PictureMediaType.Of(header.Type), ReadOnlyMemory<byte>.Empty) : null);
    }

    private Result<float[]> View(
        LaneModel model, EmbeddingJob job, PictureHeader header, ref DecodePlan? plan, PixelBox? box, ThumbnailMaker? thumbnail = null)
    {
        _limit.Check();
        var started = EmbeddingMetrics.Now;
        if (model.Decoder.Decode(job.Source, header, ref plan, box, model.Tensors.Pixels, _limit.Check, thumbnail) is { } failure) return failure;
        metrics.Decoded(started);
        _limit.Check();
        started = EmbeddingMetrics.Now;
        job.Model.Run(model.Tensors, isAlone());
        metrics.Inferred(started);
        return UnitVector.Of(model.Tensors.Embedding) is { } unit
            ? unit
            : new Failure(FailureCode.PictureHasNoVector, "the network gives no vector for this picture; send another one");
    }
}
