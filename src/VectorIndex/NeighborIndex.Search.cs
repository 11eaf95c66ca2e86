using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Rows;
using ImageSearch.VectorIndex.Scan;

namespace ImageSearch.VectorIndex;

/// <content>Searches.</content>
public sealed partial class NeighborIndex
{
    private long _damagedRows;

    /// <summary>
    /// Finds the rows nearest to either view, each once, ascending by distance, then id. Which rows are the nearest is decided by inner
    /// product: among rows whose distances differ by less than its rounding, about 1e-6, either may be left out at the end of the list.
    /// Distances are those of the float32 vectors. Allocates nothing, except that a table large enough to be scanned by several threads
    /// costs their start, about 20 KB.
    /// </summary>
    /// <param name="view">A vector of unit length.</param>
    /// <param name="secondView">Another one, or empty.</param>
    /// <param name="destination">Receives the hits; its length is the number wanted (top-k).</param>
    /// <param name="options">A filter, another width.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>How many hits there are; fewer than wanted only where there are no more rows.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Put"/>.</exception>
    /// <exception cref="ObjectDisposedException">The index was disposed.</exception>
    public int Search(
        ReadOnlySpan<float> view,
        ReadOnlySpan<float> secondView,
        Span<Hit> destination,
        SearchOptions options = default,
        CancellationToken cancellationToken = default)
    {
        Check(view, nameof(view));
        if (!secondView.IsEmpty)
            Check(secondView, nameof(secondView));

        while (true)
        {
            SearchRoom room = SearchRooms.Rent();
            try
            {
                int found = SearchOnce(view, secondView, destination, options, room, cancellationToken);
                if (room.Damaged.Count == 0)
                    return found;
                RemoveDamaged(room.Damaged);
            }
            finally
            {
                SearchRooms.Return(room);
            }
        }
    }

    private int SearchOnce(
        ReadOnlySpan<float> view,
        ReadOnlySpan<float> secondView,
        Span<Hit> destination,
        in SearchOptions options,
        SearchRoom room,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Before the view: then the view's blocks have room for links.
        NeighborGraph? graph = Volatile.Read(ref _graph);
        room.Slots.Clear();
        room.Damaged.Clear();
        SearchPlan plan = PlanFor(graph, destination.Length, options);
        RowView rows = plan == SearchPlan.ScanAllowed
            ? _rows.OpenView(options.Filter!.Ids, room.Slots)
            : _rows.OpenView();
        try
        {
            // Room is taken for what the table can give, whatever was asked for.
            destination = destination[..Math.Min(destination.Length, rows.RowCount)];
            if (destination.IsEmpty)
                return 0;
            Query query = room.Prepare(view, secondView);
            return plan switch
            {
                SearchPlan.ScanAllowed => ScanAllowed(rows, query, room, destination),
                SearchPlan.Walk when Walk(graph!, rows, query, room, destination, options) is { } found => found,
                _ => Scan(rows, query, room, destination, options.Filter, cancellationToken),
            };
        }
        finally
        {
            _rows.CloseView(rows);
        }
    }

    // A row that can't be judged is no row; whoever owns the index learns by the count that some are to be put anew.
    private void RemoveDamaged(List<(long Id, int Version)> rows)
    {
        foreach ((long id, int version) in rows)
        {
            // The same row may have been met twice, or replaced meanwhile.
            if (_rows.Remove(id, version))
                Interlocked.Increment(ref _damagedRows);
        }
    }

    private int Scan(
        in RowView rows, in Query query, SearchRoom room, Span<Hit> destination, RowFilter? filter, CancellationToken cancellationToken)
    {
        var least = new MinScores(room.Least(destination.Length));
        room.Candidates.Clear();
        int threads = ParallelScan.ThreadsFor(rows, _codeStride, _options.BytesPerThread);
        if (threads > 1)
        {
            ParallelScan.Run(
                rows, query, _codeStride, filter, ref least, destination.Length, room.Candidates, threads, cancellationToken);
        }
        else
        {
            new FlatScan(rows, query, _codeStride, filter).Blocks(0, rows.BlockCount, ref least, room.Candidates, cancellationToken);
        }

        return Refine(rows, query, room, destination, least.Bound);
    }

    private int ScanAllowed(in RowView rows, in Query query, SearchRoom room, Span<Hit> destination)
    {
        var least = new MinScores(room.Least(destination.Length));
        room.Candidates.Clear();
        var slots = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(room.Slots);
        new FlatScan(rows, query, _codeStride, filter: null).Slots(slots, ref least, room.Candidates);
        return Refine(rows, query, room, destination, least.Bound);
    }

    private int Refine(in RowView rows, in Query query, SearchRoom room, Span<Hit> destination, float bound)
    {
        room.Candidates.KeepFrom(bound);
        room.Candidates.Sort();
        return new Refinement(rows, query, _vectors, room).Nearest(room.Candidates.Items, destination);
    }
}
