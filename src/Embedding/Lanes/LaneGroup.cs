using ImageSearch.Embedding.Vips;

namespace ImageSearch.Embedding.Lanes;

/// <summary>
/// Dedicated threads with one queue: CPU work of many milliseconds would block the thread pool that serves requests.
/// </summary>
internal sealed class LaneGroup : IAsyncDisposable
{
    private readonly JobQueue _queue = new();
    private readonly List<Task> _stopped = [];
    private readonly LaneLoad _load;
    private int _working;

    /// <summary>Starts the threads.</summary>
    /// <param name="name">Prefix of the thread names.</param>
    /// <param name="count">Number of threads.</param>
    /// <param name="prepare">Prepares a thread; returns the work on a job and what the thread disposes of when it stops.</param>
    internal LaneGroup(string name, int count, Func<(Action<EmbeddingJob> Work, IDisposable Lane)> prepare)
    {
        _load = new LaneLoad(count);
        for (var i = 0; i < count; i++)
        {
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            new Thread(() => RunThread(prepare, stopped)) { IsBackground = true, Name = $"{name} {i}" }.Start();
            _stopped.Add(stopped.Task);
        }
    }

    /// <summary>Pictures in progress.</summary>
    internal int Working => Volatile.Read(ref _working);

    /// <summary>Whether no picture waits.</summary>
    internal bool IsQueueEmpty => _queue.IsEmpty;

    /// <summary>Estimated wait of a picture of this cost that an owner adds next.</summary>
    internal TimeSpan WaitOf(string? owner, TimeSpan cost) => _load.WaitOf(owner, cost);

    /// <summary>Average time of a picture, used as the cost of pictures whose header is not read yet.</summary>
    internal TimeSpan AverageTime => _load.AverageTime;

    /// <summary>Queues a picture. The caller limits the number of pictures.</summary>
    /// <param name="job">The picture.</param>
    /// <param name="cost">Estimated time of the work.</param>
    /// <param name="isKnown">Whether the estimate is based on the header of the picture.</param>
    internal void Add(EmbeddingJob job, TimeSpan cost, bool isKnown)
    {
        _load.Enter(cost, job.Owner);
        _queue.Add(new WaitingJob(job, cost, isKnown));
    }

    /// <summary>Completes the queued pictures and stops the threads.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await Task.WhenAll(_stopped).ConfigureAwait(false);
    }

    private void RunThread(Func<(Action<EmbeddingJob> Work, IDisposable Lane)> prepare, TaskCompletionSource stopped)
    {
        try
        {
            var (work, lane) = prepare();
            using (lane)
            {
                while (_queue.TryTake(out var next)) Process(next.Job, next.Cost, next.IsKnown, work);
            }

            VipsNative.ShutDownThread();
            stopped.SetResult();
        }
        catch (Exception e)
        {
            // Reported by DisposeAsync.
            stopped.SetException(e);
        }
    }

    private void Process(EmbeddingJob job, TimeSpan cost, bool isKnown, Action<EmbeddingJob> work)
    {
        if (!job.TryClaim())
        {
            _load.Exit(cost, job.Owner);
            return;
        }

        Interlocked.Increment(ref _working);
        var started = EmbeddingMetrics.Now;
        try
        {
            // Pinned, because the owner may release the bytes while a lane reads them.
            using var pin = job.Picture.Pin();
            work(job);
        }
        catch (Exception e)
        {
            // Report the exception to the caller. The thread must survive for other pictures.
            job.Dispose();
            job.Fail(e);
        }
        finally
        {
            _load.Exit(cost, EmbeddingMetrics.Since(started), isKnown && job.IsEmbedded, job.Owner);
            Interlocked.Decrement(ref _working);
        }
    }
}
