using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex;

/// <content>The work that is done beside searches and puts.</content>
public sealed partial class NeighborIndex
{
    // Threads wait for each other after each step, so it is not too short; a step of 512 values takes about half a second.
    private const int RowsPerStep = 4_096;

    // Mending looks at all nodes whatever the number that is gone, and what is gone costs searches as much as what is there.
    private const int LeastToMend = 64;
    private const double ShareToMend = 0.05;

    private readonly Lock _maintaining = new();
    private volatile bool _searchFellShort;

    /// <summary>Whether <see cref="Maintain"/> has something to do.</summary>
    public bool NeedsMaintenance => _graph is null ? Count > _options.FlatRows : _rows.UnlinkedCount > 0 || NeedsMending();

    /// <summary>Rows that searches scan because the graph does not hold them yet; all of them while there is no graph.</summary>
    public int WaitingRows => _graph is null ? Count : _rows.UnlinkedCount;

    /// <summary>
    /// Takes the rows that wait into the graph and leads links around removed ones. Searches, puts and removes go on meanwhile. One call
    /// works at a time; another one waits.
    /// </summary>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Told after every few thousand vectors.</param>
    /// <param name="cancellationToken">Ends the work between two steps, within about a second; what is done stays.</param>
    /// <exception cref="ObjectDisposedException">The index was disposed.</exception>
    public void Maintain(int threads, IProgress<IndexingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        lock (_maintaining)
        {
            _rows.ThrowIfDisposed();
            if (_graph is null)
            {
                if (Count <= _options.FlatRows)
                    return;
                _rows.BeginLinking();
                Volatile.Write(ref _graph, new NeighborGraph(Dimension));
            }

            // As much as there is now: rows that are put meanwhile are for the next call, or it might never end.
            int left = _rows.UnlinkedCount;
            while (NeedsMending() || left > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (NeedsMending())
                    Mend(_graph, threads);
                else
                    left -= Link(_graph, threads);
                progress?.Report(new IndexingProgress(_graph.Nodes, _rows.UnlinkedCount));
            }
        }
    }

    private bool NeedsMending()
    {
        int buried = _rows.BuriedCount;
        return _graph is { } graph && buried > 0
            && (_searchFellShort || buried >= Math.Max(LeastToMend, ShareToMend * graph.Nodes));
    }

    private unsafe int Link(NeighborGraph graph, int threads)
    {
        // The view is the newer one, so that it shows all slots that are taken.
        (int[] slots, int[] gone) = _rows.TakeUnlinked(RowsPerStep);
        RowView view = _rows.OpenView();
        try
        {
            int next = -1;
            Parallel.For(0, Math.Min(threads, slots.Length), _ =>
            {
                using var room = new InsertRoom(Dimension);
                while (Interlocked.Increment(ref next) is int i && i < slots.Length)
                    graph.Insert(view.Blocks, view.SlotCount, slots[i], room);
            });
            _rows.EndLinking(slots.Length, gone);
            return slots.Length + gone.Length;
        }
        finally
        {
            _rows.CloseView(view);
        }
    }

    private unsafe void Mend(NeighborGraph graph, int threads)
    {
        _searchFellShort = false;
        int[] buried = _rows.TakeBuried();
        RowView view = _rows.OpenView();
        try
        {
            graph.Mend(view.Blocks, view.SlotCount, buried, threads);
            _rows.EndMending(buried);
        }
        finally
        {
            _rows.CloseView(view);
        }
    }
}
