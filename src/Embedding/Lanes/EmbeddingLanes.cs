using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Pictures.Structure;

namespace ImageSearch.Embedding.Lanes;

/// <summary>
/// The lanes of an embedder. A quick lane inspects every picture and embeds most of them at once. Pictures whose header predicts a high
/// cost move to costly lanes with a lower thread priority, so that quick pictures never wait for seconds of work.
/// </summary>
internal sealed class EmbeddingLanes : IAsyncDisposable
{
    // Ten times the time of a typical picture; a photograph of 12 megapixels stays below it.
    private static readonly TimeSpan MaxQuickCost = TimeSpan.FromMilliseconds(250);

    // The assumed cost of a file with too many pieces, whose header is not read in the quick lane.
    private static readonly TimeSpan ManyPiecesCost = TimeSpan.FromSeconds(1);

    // One eighth of the memory is reserved for quick pictures; a picture that needs more is costly.
    private const int QuickMemoryDivisor = 8;

    // A quick lane walks over these in well under a millisecond. No program writes so many.
    private const int MaxQuickPieces = 10_000;

    private readonly TimeSpan _longestWait;
    private readonly DecodeMemory _quickMemory;
    private readonly LaneGroup _quick;
    private readonly LaneGroup _costly;

    /// <summary>Starts the threads.</summary>
    internal EmbeddingLanes(PictureHeaderReader headers, EmbeddingOptions options, EmbeddingMetrics metrics)
    {
        _longestWait = options.LongestWait;
        var memory = (long)options.DecodeMemoryMegabytes << 20;
        _quickMemory = new DecodeMemory(memory / QuickMemoryDivisor);
        var costlyMemory = new DecodeMemory(memory - _quickMemory.Capacity);
        _costly = new LaneGroup("costly embedding", options.Lanes, () =>
        {
            ThreadNiceness.LowerPriority();
            var lane = new PictureLane(headers, costlyMemory, options.PictureTime, metrics, IsAlone);
            return (job => ProcessCostly(lane, job), lane);
        });
        _quick = new LaneGroup("embedding", options.Lanes, () =>
        {
            var lane = new PictureLane(headers, _quickMemory, options.PictureTime, metrics, IsAlone, MaxQuickPieces);
            return (job => ProcessQuick(lane, job), lane);
        });
    }

    /// <summary>Pictures in progress.</summary>
    internal int Working => _quick.Working + _costly.Working;

    /// <summary>Queues a picture; returns <see cref="FailureCode.Busy"/> if it would wait too long.</summary>
    internal Failure? TryAdd(EmbeddingJob job)
    {
        var cost = _quick.AverageTime;
        if (CheckWait(_quick.WaitOf(job.Owner, cost)) is { } busy) return busy;
        _quick.Add(job, cost, isKnown: false);
        return null;
    }

    /// <summary>Completes the queued pictures and stops the threads.</summary>
    public async ValueTask DisposeAsync()
    {
        await _quick.DisposeAsync().ConfigureAwait(false);
        await _costly.DisposeAsync().ConfigureAwait(false);
    }

    // A picture that is embedded counts itself.
    private bool IsAlone() => Working <= 1 && _quick.IsQueueEmpty;

    private static void Complete(EmbeddingJob job, Func<Result<PictureVectors>> work)
    {
        try
        {
            var result = work();
            job.Dispose();
            job.Complete(result);
        }
        catch (WorkStoppedException)
        {
            job.Dispose();
            job.Cancel();
        }
    }

    private void ProcessQuick(PictureLane lane, EmbeddingJob job)
    {
        try
        {
            if (!lane.Inspect(job).TryGet(out var header, out var failure))
            {
                Complete(job, () => failure);
                return;
            }

            var cost = DecodeCost.Of(header, job.Views);
            if (cost <= MaxQuickCost && DecodeEstimate.Bytes(header) <= _quickMemory.Capacity) Complete(job, () => lane.Embed(job, header));
            else MoveToCostly(job, cost, isKnown: true);
        }
        catch (TooManyPiecesException)
        {
            MoveToCostly(job, ManyPiecesCost, isKnown: false);
        }
        finally
        {
            lane.Reset();
        }
    }

    // The costly lane inspects the file again: a copy kept here would hold memory while the picture waits.
    private void MoveToCostly(EmbeddingJob job, TimeSpan cost, bool isKnown)
    {
        job.Dispose();
        if (CheckWait(_costly.WaitOf(job.Owner, cost)) is { } busy)
        {
            job.Complete(busy);
            return;
        }

        job.Release();
        _costly.Add(job, cost, isKnown);
    }

    private static void ProcessCostly(PictureLane lane, EmbeddingJob job)
    {
        try
        {
            Complete(job, () => lane.Inspect(job).TryGet(out var header, out var failure) ? lane.Embed(job, header) : failure);
        }
        catch (TooManyPiecesException)
        {
            job.Dispose();
            job.Complete(new Failure(FailureCode.PictureCorrupt, "the picture's file has more pieces than any program writes; open and save it again"));
        }
        finally
        {
            lane.Reset();
        }
    }

    private Failure? CheckWait(TimeSpan wait)
    {
        if (wait <= _longestWait) return null;
        var seconds = (int)Math.Ceiling((wait - _longestWait).TotalSeconds);
        return new Failure(
            FailureCode.Busy,
            $"a picture would wait {wait.TotalSeconds:0.0} s here, longer than QUEUE_SECONDS; send it again in {seconds} s",
            seconds);
    }
}
