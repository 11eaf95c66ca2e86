namespace ImageSearch.Embedding.Lanes;

/// <summary>
/// Counts and limits the accepted pictures, and completes when the last one has left after closing. The last quarter of the places is for
/// owners that hold less than a quarter, and for pictures without one.
/// </summary>
internal sealed class EmbeddingQueue(int limit)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);
    private int _count;
    private bool _isClosed;

    /// <summary>Pictures that have entered and not exited.</summary>
    internal int Count
    {
        get
        {
            lock (_gate) return _count;
        }
    }

    /// <summary>Accepts a picture; returns <see cref="FailureCode.Busy"/> if it is closed, or full for the owner.</summary>
    internal Failure? TryEnter(string? owner = null)
    {
        lock (_gate)
        {
            if (_isClosed) return new Failure(FailureCode.Busy, "the service is shutting down; send the picture again in a moment");
            if (_count >= limit) return new Failure(FailureCode.Busy, $"{_count} pictures are waiting already; send this one again in a moment");
            if (owner is not null)
            {
                var held = _held.GetValueOrDefault(owner);
                if (held + 1 > Math.Max(1, limit / 4) && limit - _count - 1 < limit / 4)
                    return new Failure(FailureCode.Busy, $"{held} pictures of this caller are waiting already; send this one again in a moment");
                _held[owner] = held + 1;
            }

            _count++;
            return null;
        }
    }

    /// <summary>Removes a picture.</summary>
    internal void Exit(string? owner = null)
    {
        lock (_gate)
        {
            _count--;
            if (owner is not null && --_held[owner] == 0) _held.Remove(owner);
            if (_isClosed && _count == 0) _empty.TrySetResult();
        }
    }

    /// <summary>Accepts no more pictures; completes when the last one has left.</summary>
    internal Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (_count == 0) _empty.TrySetResult();
            return _empty.Task;
        }
    }
}
