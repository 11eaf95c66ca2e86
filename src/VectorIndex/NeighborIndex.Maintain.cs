using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex;

/// <content>Maintenance of the graph, concurrent with searches and puts.</content>
public sealed partial class NeighborIndex
{
    // Threads wait for each other at the end of a step, so steps are not too short: about half a second at 512 values per vector.
    private const int RowsPerStep = 4_096;

    // A repair visits all nodes, however few tombstones there are; a tombstone costs a search as much as a live node.
    private const int MinTombstonesToRepair = 64;
    private const double TombstoneShareToRepair = 0.05;

    private readonly Lock _maintaining = new();
    private volatile bool _searchFellShort;

    /// <summary>Whether <see cref="Maintain"/> has work to do.</summary>
    public bool NeedsMaintenance => _graph is null ? Count > _options.FlatRows : _rows.UnlinkedCount > 0 || NeedsRepair() || NeedsMeasurement(_graph);

    /// <summary>Number of rows that are not in the graph yet and that searches scan; all rows while there is no graph.</summary>
    public int WaitingRows => _graph is null ? Count : _rows.UnlinkedCount;

    /// <summary>
    /// Adds waiting rows to the graph, unlinks removed ones, and measures the beam width if that is due. Concurrent with searches, puts and removes. Concurrent calls run one after
    /// another.
    /// </summary>
    /// <param name="threads">Number of threads to use.</param>
    /// <param name="progress">Called after every few thousand vectors.</param>
    /// <param name="cancellationToken">Stops between two steps, within about a second; finished steps are kept.</param>
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
                Volatile.Write(ref _graph, CreateGraph(entryPoint: null));
            }

            // Only rows that wait now: rows that are added concurrently are left to the next call, which ensures that this one ends.
            int remaining = _rows.UnlinkedCount;
            while (NeedsRepair() || remaining > 0 || NeedsMeasurement(_graph))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (NeedsRepair())
                    Repair(_graph, threads);
                else if (remaining > 0)
                    remaining -= Link(_graph, threads);
                else
                    Measure(_graph, threads, cancellationToken);
                progress?.Report(new IndexingProgress(_graph.Nodes, _rows.UnlinkedCount));
            }
        }
    }

    /// <summary>Creates an empty graph, or with an entry point the one whose nodes and links a snapshot has restored.</summary>
    private unsafe NeighborGraph CreateGraph(long? entryPoint)
    {
        RowView view = _rows.OpenView();
        try
        {
            return entryPoint is { } restored
                ? new NeighborGraph(view.Blocks, view.SlotCount, Dimension, restored, _rows)
                : new NeighborGraph(view.Blocks, view.SlotCount, Dimension);
        }
        finally
        {
            _rows.CloseView(view);
        }
    }

    private bool NeedsRepair()
    {
        int tombstones = _rows.TombstoneCount;
        return _graph is { } graph && tombstones > 0
            && (_searchFellShort || tombstones >= Math.Max(MinTombstonesToRepair, TombstoneShareToRepair * graph.Nodes));
    }

    private unsafe int Link(NeighborGraph graph, int threads)
    {
        // The view is opened after the slots are taken, so it contains all of them.
        (int[] slots, int[] dead) = _rows.TakeUnlinked(RowsPerStep);
        RowView view = _rows.OpenView();
        try
        {
            int next = -1;
            Parallel.For(0, Math.Min(threads, slots.Length), _ =>
            {
                using var scratch = new InsertScratch(Dimension);
                while (Interlocked.Increment(ref next) is int i && i < slots.Length)
                    graph.Insert(view.Blocks, view.SlotCount, slots[i], scratch);
            });
            _rows.EndLinking(slots.Length, dead);
            return slots.Length + dead.Length;
        }
        finally
        {
            _rows.CloseView(view);
        }
    }

    private unsafe void Repair(NeighborGraph graph, int threads)
    {
        _searchFellShort = false;
        int[] tombstones = _rows.TakeTombstones();
        RowView view = _rows.OpenView();
        try
        {
            graph.Repair(view.Blocks, view.SlotCount, tombstones, threads);
            _rows.EndRepair(tombstones);
        }
        finally
        {
            _rows.CloseView(view);
        }
    }
}
