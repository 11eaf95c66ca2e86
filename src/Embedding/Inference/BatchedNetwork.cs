using System.Runtime.ExceptionServices;

namespace ImageSearch.Embedding.Inference;

/// <summary>
/// Runs a network on the pictures of several lanes at once, on a thread of its own. A GPU needs that: it takes about as long for sixteen
/// pictures as for one. The first picture waits a little for others.
/// </summary>
internal sealed class BatchedNetwork : IAsyncDisposable
{
    // Short beside the decoding of a picture, and long enough for the lanes that have just received their vectors.
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(2);

    private readonly object _gate = new(); // Not a Lock: threads wait on it.
    private readonly Queue<Waiting> _queue = new();
    private readonly TensorBatch _batch;
    private readonly Task _stopped;
    private bool _isStopping;

    /// <summary>Starts the thread.</summary>
    /// <param name="session">The network. Its owner disposes of it afterwards.</param>
    /// <param name="size">Maximum number of pictures in a run.</param>
    internal BatchedNetwork(EmbeddingSession session, int size)
    {
        _batch = session.NewBatch(size);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _stopped = stopped.Task;
        new Thread(() => RunThread(stopped)) { IsBackground = true, Name = "inference" }.Start();
    }

    /// <summary>Runs the network for one lane; returns when its outputs are written.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="isAlone">Whether no other lane has work, so that waiting for more pictures is useless.</param>
    internal void Run(TensorLane lane, bool isAlone)
    {
        var waiting = new Waiting(lane, isAlone);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isStopping, this);
            _queue.Enqueue(waiting);
            Monitor.PulseAll(_gate);
            while (!waiting.IsDone) Monitor.Wait(_gate);
        }

        waiting.Fault?.Throw();
    }

    /// <summary>Runs the network on what waits and stops the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isStopping = true;
            Monitor.PulseAll(_gate);
        }

        await _stopped.ConfigureAwait(false);
        _batch.Dispose();
    }

    private void RunThread(TaskCompletionSource stopped)
    {
        var taken = new List<Waiting>(_batch.Size);
        while (TryTake(taken))
        {
            var fault = RunBatch(taken);
            lock (_gate)
            {
                foreach (var waiting in taken) waiting.Complete(fault);
                Monitor.PulseAll(_gate);
            }
        }

        stopped.SetResult();
    }

    // A fault is reported to every lane of the run; the thread must survive for other pictures.
    private ExceptionDispatchInfo? RunBatch(List<Waiting> taken)
    {
        try
        {
            _batch.Run([.. taken.Select(waiting => waiting.Lane)]);
            return null;
        }
        catch (Exception e)
        {
            return ExceptionDispatchInfo.Capture(e);
        }
    }

    private bool TryTake(List<Waiting> taken)
    {
        taken.Clear();
        lock (_gate)
        {
            while (_queue.Count == 0)
            {
                if (_isStopping) return false;
                Monitor.Wait(_gate);
            }

            var started = EmbeddingMetrics.Now;
            while (_queue.Count < _batch.Size && !_queue.Peek().IsAlone && !_isStopping && EmbeddingMetrics.Since(started) is var waited && waited < MaxWait)
                Monitor.Wait(_gate, MaxWait - waited);
            while (taken.Count < _batch.Size && _queue.TryDequeue(out var waiting)) taken.Add(waiting);
            return true;
        }
    }

    private sealed class Waiting(TensorLane lane, bool isAlone)
    {
        internal bool IsAlone => isAlone;

        internal TensorLane Lane => lane;

        internal bool IsDone { get; private set; }

        internal ExceptionDispatchInfo? Fault { get; private set; }

        internal void Complete(ExceptionDispatchInfo? fault) => (IsDone, Fault) = (true, fault);
    }
}
