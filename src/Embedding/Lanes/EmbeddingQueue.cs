namespace ImageSearch.Embedding.Lanes;

/// <summary>Counts the pictures that were taken on, bounds them, and tells when the last has left.</summary>
internal sealed class EmbeddingQueue(int limit)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inside;
    private bool _closed;

    /// <summary>Pictures that were taken on and have not left.</summary>
    internal int Inside
    {
        get
        {
            lock (_gate) return _inside;
        }
    }

    /// <summary>Takes a picture on, or says why not.</summary>
    internal Failure? TryEnter()
    {
        lock (_gate)
        {
            if (_closed) return new Failure(FailureCode.Busy, "the service is shutting down; send the picture again in a moment");
            if (_inside >= limit) return new Failure(FailureCode.Busy, $"{_inside} pictures are waiting already; send this one again in a moment");
            _inside++;
            return null;
        }
    }

    /// <summary>Lets a picture go.</summary>
    internal void Leave()
    {
        lock (_gate)
        {
            _inside--;
            if (_closed && _inside == 0) _empty.TrySetResult();
        }
    }

    /// <summary>Takes no more pictures on; ends when the last one left.</summary>
    internal Task CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
            if (_inside == 0) _empty.TrySetResult();
            return _empty.Task;
        }
    }
}
