using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Rows;
using ImageSearch.VectorIndex.Scan;

namespace ImageSearch.VectorIndex;

/// <content>Searches and exact scans.</content>
public sealed partial class NeighborIndex
{
    private long _damagedRows;

    /// <summary>
    /// Finds the rows nearest to either query, each once, ordered by distance, then id. Rows are selected by inner product: among rows
    /// whose distances differ by less than its rounding error, about 1e-6, any may be missing at the end of the list. Distances are
    /// computed from the float32 vectors. Allocates nothing, except for a scan by several threads: starting them allocates about 20 KB.
    /// </summary>
    /// <param name="query">A vector of unit length.</param>
    /// <param name="secondQuery">A second one, or empty.</param>
    /// <param name="destination">Receives the hits; its length is the maximum number of hits (top-k).</param>
    /// <param name="options">Filter and beam width.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The number of hits; less than the maximum only if there are no more rows.</returns>
    /// <exception cref="ArgumentException">A query has the wrong dimension, does not have unit length or contains NaN.</exception>
    /// <exception cref="ObjectDisposedException">The index was disposed.</exception>
    public int Search(
        ReadOnlySpan<float> query,
        ReadOnlySpan<float> secondQuery,
        Span<Hit> destination,
        SearchOptions options = default,
        CancellationToken cancellationToken = default)
    {
        Check(query, nameof(query));
        if (!secondQuery.IsEmpty)
            Check(secondQuery, nameof(secondQuery));

        while (true)
        {
            SearchScratch scratch = SearchScratchPool.Rent();
            try
            {
                int found = SearchOnce(query, secondQuery, destination, options, scratch, cancellationToken);
                if (scratch.Damaged.Count == 0)
                    return found;
                RemoveDamaged(scratch.Damaged);
            }
            finally
            {
                SearchScratchPool.Return(scratch);
            }
        }
    }

    private int SearchOnce(
        ReadOnlySpan<float> query,
        ReadOnlySpan<float> secondQuery,
        Span<Hit> destination,
        in SearchOptions options,
        SearchScratch scratch,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Read before the view is opened: this ensures that the blocks of the view have memory for links.
        NeighborGraph? graph = Volatile.Read(ref _graph);
        scratch.Slots.Clear();
        scratch.Damaged.Clear();
        SearchPlan plan = PlanFor(graph, destination.Length, options);
        RowView rows = plan == SearchPlan.ScanAllowed
            ? _rows.OpenView(options.Filter!.Ids, scratch.Slots)
            : _rows.OpenView();
        try
        {
            // A top-k above the number of rows needs no more scratch memory than one entry per row.
            destination = destination[..Math.Min(destination.Length, rows.RowCount)];
            if (destination.IsEmpty)
                return 0;
            Query prepared = scratch.Prepare(query, secondQuery);
            return plan switch
            {
                SearchPlan.ScanAllowed => ScanAllowed(rows, prepared, scratch, destination),
                SearchPlan.Graph when SearchGraph(graph!, rows, prepared, scratch, destination, options) is { } found => found,
                _ => Scan(rows, prepared, scratch, destination, options.Filter, cancellationToken),
            };
        }
        finally
        {
            _rows.CloseView(rows);
        }
    }

    // A row without a valid vector cannot be compared, so it is removed. DamagedRows tells the owner to put it again.
    private void RemoveDamaged(List<(long Id, int Version)> rows)
    {
        foreach ((long id, int version) in rows)
        {
            // The same row may be listed twice, or may have been replaced concurrently.
            if (_rows.Remove(id, version))
                Interlocked.Increment(ref _damagedRows);
        }
    }

    private int Scan(
        in RowView rows, in Query query, SearchScratch scratch, Span<Hit> destination, RowFilter? filter, CancellationToken cancellationToken)
    {
        var bounds = new TopScoreBounds(scratch.Bounds(destination.Length));
        scratch.Candidates.Clear();
        int threads = ParallelScan.ThreadsFor(rows, _codeStride, _options.BytesPerThread);
        if (threads > 1)
        {
            ParallelScan.Run(
                rows, query, _codeStride, filter, ref bounds, destination.Length, scratch.Candidates, threads, cancellationToken);
        }
        else
        {
            new FlatScan(rows, query, _codeStride, filter).Blocks(0, rows.BlockCount, ref bounds, scratch.Candidates, cancellationToken);
        }

        return Refine(rows, query, scratch, destination, bounds.Bound);
    }

    private int ScanAllowed(in RowView rows, in Query query, SearchScratch scratch, Span<Hit> destination)
    {
        var bounds = new TopScoreBounds(scratch.Bounds(destination.Length));
        scratch.Candidates.Clear();
        var slots = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(scratch.Slots);
        new FlatScan(rows, query, _codeStride, filter: null).Slots(slots, ref bounds, scratch.Candidates);
        return Refine(rows, query, scratch, destination, bounds.Bound);
    }

    private int Refine(in RowView rows, in Query query, SearchScratch scratch, Span<Hit> destination, float bound)
    {
        scratch.Candidates.Prune(bound);
        scratch.Candidates.Sort();
        return new Refinement(rows, query, _vectors, scratch).Nearest(scratch.Candidates.Items, destination);
    }
}
