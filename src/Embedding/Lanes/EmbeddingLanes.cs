using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Pictures.Structure;

namespace ImageSearch.Embedding.Lanes;

/// <summary>
/// The lanes of an embedder. Every picture is looked at in a quick lane and mostly embedded there at once; one that its header says is dear
/// goes to lanes of its own, whose threads stand back, so that quick pictures never wait behind seconds of work.
/// </summary>
internal sealed class EmbeddingLanes : IAsyncDisposable
{
    // A photograph of 12 megapixels stays below, a tenfold of the usual picture's time.
    private static readonly TimeSpan Dear = TimeSpan.FromMilliseconds(250);

    // What a file is taken to cost whose header is not known yet because its structure is dear by itself.
    private static readonly TimeSpan ManyPieces = TimeSpan.FromSeconds(1);

    // Of the memory, what quick pictures have for themselves; one that takes more goes to the dear lanes.
    private const int QuickPart = 8;

    // Pieces that a quick lane walks over in well under a millisecond; no program writes so many.
    private const int QuickPieces = 10_000;

    private readonly TimeSpan _longestWait;
    private readonly DecodeMemory _quickMemory;
    private readonly LaneGroup _quick;
    private readonly LaneGroup _dear;

    /// <summary>Starts the threads.</summary>
    internal EmbeddingLanes(EmbeddingSession session, PictureHeaderReader headers, EmbeddingOptions options, EmbeddingMetrics metrics)
    {
        _longestWait = options.LongestWait;
        var memory = (long)options.DecodeMemoryMegabytes << 20;
        _quickMemory = new DecodeMemory(memory / QuickPart);
        var dearMemory = new DecodeMemory(memory - _quickMemory.Capacity);
        _dear = new LaneGroup("dear embedding", options.Lanes, () =>
        {
            ThreadWeight.StandBack();
            var lane = new PictureLane(session, headers, dearMemory, options.PictureTime, metrics);
            return (job => TakeDear(lane, job), lane);
        });
        _quick = new LaneGroup("embedding", options.Lanes, () =>
        {
            var lane = new PictureLane(session, headers, _quickMemory, options.PictureTime, metrics, QuickPieces);
            return (job => TakeQuick(lane, job), lane);
        });
    }

    /// <summary>Pictures that are worked on.</summary>
    internal int Working => _quick.Working + _dear.Working;

    /// <summary>Queues a picture, or says why not: it would wait too long.</summary>
    internal Failure? TryAdd(EmbeddingJob job)
    {
        if (TooLong(_quick.Wait) is { } busy) return busy;
        _quick.Add(job, _quick.Usual, isKnown: false);
        return null;
    }

    /// <summary>Finishes what is queued and ends the threads.</summary>
    public async ValueTask DisposeAsync()
    {
        await _quick.DisposeAsync().ConfigureAwait(false);
        await _dear.DisposeAsync().ConfigureAwait(false);
    }

    private static void End(EmbeddingJob job, Func<Result<PictureVectors>> work)
    {
        try
        {
            var result = work();
            job.Dispose();
            job.Finish(result);
        }
        catch (WorkEndedException)
        {
            job.Dispose();
            job.Cancel();
        }
    }

    private void TakeQuick(PictureLane lane, EmbeddingJob job)
    {
        try
        {
            if (!lane.Look(job).TryGet(out var header, out var failure))
            {
                End(job, () => failure);
                return;
            }

            var cost = DecodeCost.Of(header, job.Views);
            if (cost <= Dear && DecodeEstimate.Bytes(header) <= _quickMemory.Capacity) End(job, () => lane.Embed(job, header));
            else MoveToDear(job, cost, isKnown: true);
        }
        catch (ManyPiecesException)
        {
            MoveToDear(job, ManyPieces, isKnown: false);
        }
        finally
        {
            lane.Rest();
        }
    }

    // The file is looked at again there; its copy would hold memory while it waits.
    private void MoveToDear(EmbeddingJob job, TimeSpan cost, bool isKnown)
    {
        job.Dispose();
        if (TooLong(_dear.Wait) is { } busy)
        {
            job.Finish(busy);
            return;
        }

        job.LetGo();
        _dear.Add(job, cost, isKnown);
    }

    private static void TakeDear(PictureLane lane, EmbeddingJob job)
    {
        try
        {
            End(job, () => lane.Look(job).TryGet(out var header, out var failure) ? lane.Embed(job, header) : failure);
        }
        catch (ManyPiecesException)
        {
            job.Dispose();
            job.Finish(new Failure(FailureCode.PictureCorrupt, "the picture's file has more pieces than any program writes; open and save it anew"));
        }
        finally
        {
            lane.Rest();
        }
    }

    private Failure? TooLong(TimeSpan wait)
    {
        if (wait <= _longestWait) return null;
        var seconds = (int)Math.Ceiling((wait - _longestWait).TotalSeconds);
        return new Failure(
            FailureCode.Busy,
            $"a picture would wait {wait.TotalSeconds:0.0} s here, longer than QUEUE_SECONDS; send it again in {seconds} s",
            seconds);
    }
}
