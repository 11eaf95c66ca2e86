using System.Collections.Concurrent;
using ImageSearch.Embedding.Vips;

namespace ImageSearch.Embedding.Lanes;

/// <summary>
/// Threads of our own with one queue, first come first served: work of milliseconds that never waits does not belong on the pool that
/// serves requests.
/// </summary>
internal sealed class LaneGroup : IAsyncDisposable
{
    private readonly BlockingCollection<(EmbeddingJob Job, TimeSpan Cost, bool IsKnown)> _queue = [];
    private readonly List<Task> _ends = [];
    private readonly LaneLoad _load;
    private int _working;

    /// <summary>Starts the threads.</summary>
    /// <param name="name">Of the threads.</param>
    /// <param name="count">How many.</param>
    /// <param name="begin">Prepares a thread; gives its work on a job, and what is to be disposed of at its end.</param>
    internal LaneGroup(string name, int count, Func<(Action<EmbeddingJob> Work, IDisposable Lane)> begin)
    {
        _load = new LaneLoad(count);
        for (var i = 0; i < count; i++)
        {
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            new Thread(() => Work(begin, end)) { IsBackground = true, Name = $"{name} {i}" }.Start();
            _ends.Add(end.Task);
        }
    }

    /// <summary>Pictures that are worked on.</summary>
    internal int Working => Volatile.Read(ref _working);

    /// <summary>How long a picture that comes now would wait.</summary>
    internal TimeSpan Wait => _load.Wait;

    /// <summary>What a picture took on average; for those of which nothing is known yet.</summary>
    internal TimeSpan Usual => _load.Usual;

    /// <summary>Queues a picture; the caller bounds how many.</summary>
    /// <param name="job">The picture.</param>
    /// <param name="cost">How long it will take.</param>
    /// <param name="isKnown">Whether that is told by its header.</param>
    internal void Add(EmbeddingJob job, TimeSpan cost, bool isKnown)
    {
        _load.Come(cost);
        _queue.Add((job, cost, isKnown));
    }

    /// <summary>Finishes what is queued and ends the threads.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await Task.WhenAll(_ends).ConfigureAwait(false);
        _queue.Dispose();
    }

    private void Work(Func<(Action<EmbeddingJob> Work, IDisposable Lane)> begin, TaskCompletionSource end)
    {
        try
        {
            var (work, lane) = begin();
            using (lane)
            {
                foreach (var (job, cost, isKnown) in _queue.GetConsumingEnumerable()) Work(job, cost, isKnown, work);
            }

            VipsNative.ShutDownThread();
            end.SetResult();
        }
        catch (Exception e)
        {
            // Who closes the lanes is told.
            end.SetException(e);
        }
    }

    private void Work(EmbeddingJob job, TimeSpan cost, bool isKnown, Action<EmbeddingJob> work)
    {
        if (!job.TryTake())
        {
            _load.Leave(cost);
            return;
        }

        Interlocked.Increment(ref _working);
        var began = EmbeddingMetrics.Now;
        try
        {
            // Its owner may have gone; the bytes stay while a lane reads them.
            using var pin = job.Picture.Pin();
            work(job);
        }
        catch (Exception e)
        {
            // The caller gets the fault; the lane must live on for other pictures.
            job.Dispose();
            job.Fail(e);
        }
        finally
        {
            _load.Leave(cost, EmbeddingMetrics.Since(began), isKnown && job.IsEmbedded);
            Interlocked.Decrement(ref _working);
        }
    }
}
