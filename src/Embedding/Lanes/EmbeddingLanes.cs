using System.Collections.Concurrent;
using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Vips;

namespace ImageSearch.Embedding.Lanes;

/// <summary>
/// Threads of our own, each of which takes a picture through decoding and inference by itself: work of milliseconds that never waits
/// does not belong on the pool that serves requests.
/// </summary>
internal sealed class EmbeddingLanes : IAsyncDisposable
{
    private readonly BlockingCollection<EmbeddingJob> _queue = [];
    private readonly List<Task> _ends = [];
    private int _working;

    /// <summary>Starts the threads.</summary>
    /// <param name="session">The network; disposed of by its owner after the lanes.</param>
    /// <param name="count">Threads.</param>
    /// <param name="metrics">Is told how long the stages take.</param>
    internal EmbeddingLanes(EmbeddingSession session, int count, EmbeddingMetrics metrics)
    {
        for (var i = 0; i < count; i++)
        {
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var lane = new PictureLane(session, metrics);
            new Thread(() => Work(lane, end)) { IsBackground = true, Name = $"embedding {i}" }.Start();
            _ends.Add(end.Task);
        }
    }

    /// <summary>Pictures that are worked on.</summary>
    internal int Working => Volatile.Read(ref _working);

    /// <summary>Queues a picture; the caller bounds how many.</summary>
    internal void Add(EmbeddingJob job) => _queue.Add(job);

    /// <summary>Finishes what is queued and ends the threads.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await Task.WhenAll(_ends).ConfigureAwait(false);
        _queue.Dispose();
    }

    private void Work(PictureLane lane, TaskCompletionSource end)
    {
        try
        {
            foreach (var job in _queue.GetConsumingEnumerable())
            {
                if (!job.TryTake()) continue;
                Interlocked.Increment(ref _working);
                try
                {
                    job.Finish(lane.Embed(job));
                }
                catch (Exception e)
                {
                    // The caller gets the fault; the lane must live on for other pictures.
                    job.Fail(e);
                }
                finally
                {
                    Interlocked.Decrement(ref _working);
                }
            }
        }
        finally
        {
            lane.Dispose();
            VipsNative.ShutDownThread();
            end.SetResult();
        }
    }
}
