namespace ImageSearch.Grains.Duplicates;

/// <summary>
/// What searches for duplicates share in this process: one runs at a time, and the groups of all of them have a limit. The oldest ones are
/// forgotten first.
/// </summary>
/// <param name="limits">The limits; null for the defaults.</param>
public sealed class DuplicateSlots(DuplicateLimits? limits = null) : IDisposable
{
    private readonly SemaphoreSlim _running = new(1);
    private readonly Lock _lock = new();
    private readonly LinkedList<(DuplicateSearch Search, int Rows)> _kept = new();
    private long _rows;

    /// <summary>The limits.</summary>
    internal DuplicateLimits Limits { get; } = limits ?? new DuplicateLimits();

    /// <inheritdoc/>
    public void Dispose() => _running.Dispose();

    /// <summary>Waits until no other search runs.</summary>
    internal Task EnterAsync(CancellationToken cancellationToken) => _running.WaitAsync(cancellationToken);

    /// <summary>Lets the next search run.</summary>
    internal void Exit() => _running.Release();

    /// <summary>Counts the groups of a search that has finished.</summary>
    internal void Keep(DuplicateSearch search, int rows)
    {
        lock (_lock)
        {
            _kept.AddLast((search, rows));
            _rows += rows;
            while (_rows > Limits.MaxRowsOfProcess && _kept.First is { } oldest && oldest.Value.Search != search)
            {
                oldest.Value.Search.Forget();
                Remove(oldest);
            }
        }
    }

    /// <summary>Counts the groups of a search no more.</summary>
    internal void Release(DuplicateSearch search)
    {
        lock (_lock)
        {
            for (var node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Search != search) continue;
                Remove(node);
                return;
            }
        }
    }

    private void Remove(LinkedListNode<(DuplicateSearch Search, int Rows)> node)
    {
        _kept.Remove(node);
        _rows -= node.Value.Rows;
    }
}
