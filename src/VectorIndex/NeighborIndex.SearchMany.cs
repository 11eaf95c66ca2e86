using ImageSearch.VectorIndex.Rows;
using ImageSearch.VectorIndex.Scan;

namespace ImageSearch.VectorIndex;

/// <content>Searches by many queries.</content>
public sealed partial class NeighborIndex
{
    /// <summary>
    /// Finds the rows nearest to each of many queries, with the results of <see cref="Search"/>. A scan compares each row with up to eight
    /// queries when it is read, on the calling thread; a graph is searched by one query after another. Allocates nothing.
    /// </summary>
    /// <param name="queries">Vectors of unit length, one after another.</param>
    /// <param name="topK">Maximum number of hits per query, 1 or more.</param>
    /// <param name="destination">Receives the hits: those of query i start at i · <paramref name="topK"/>.</param>
    /// <param name="counts">Receives the number of hits of each query.</param>
    /// <param name="options">Filter and beam width.</param>
    /// <param name="cancellationToken">Cancels the searches.</param>
    /// <exception cref="ArgumentException">
    /// A query does not have unit length or contains NaN, or the length of a span does not match the number of queries.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The index was disposed.</exception>
    public void SearchMany(
        ReadOnlySpan<float> queries,
        int topK,
        Span<Hit> destination,
        Span<int> counts,
        SearchOptions options = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        if (queries.Length != (long)counts.Length * Dimension)
            throw new ArgumentException($"{counts.Length} queries have {(long)counts.Length * Dimension} values, not {queries.Length}.", nameof(queries));
        if (destination.Length != (long)counts.Length * topK)
            throw new ArgumentException($"The hits of {counts.Length} queries need a length of {(long)counts.Length * topK}, not {destination.Length}.", nameof(destination));
        for (int i = 0; i < counts.Length; i++)
            Check(queries.Slice(i * Dimension, Dimension), nameof(queries));

        for (int first = 0; first < counts.Length; first += GroupScan.MaxQueries)
        {
            int count = Math.Min(GroupScan.MaxQueries, counts.Length - first);
            ReadOnlySpan<float> group = queries.Slice(first * Dimension, count * Dimension);
            Span<Hit> hits = destination.Slice(first * topK, count * topK);
            if (PlanFor(Volatile.Read(ref _graph), topK, options) == SearchPlan.Scan)
            {
                ScanGroup(group, topK, hits, counts.Slice(first, count), options.Filter, cancellationToken);
                continue;
            }

            for (int i = 0; i < count; i++)
                counts[first + i] = Search(group.Slice(i * Dimension, Dimension), default, hits.Slice(i * topK, topK), options, cancellationToken);
        }
    }

    private void ScanGroup(
        ReadOnlySpan<float> queries, int topK, Span<Hit> destination, Span<int> counts, RowFilter? filter, CancellationToken cancellationToken)
    {
        SearchScratch scratch = SearchScratchPool.Rent();
        try
        {
            ReadOnlySpan<SearchScratch> group = scratch.Group(counts.Length);
            bool damaged;
            do
            {
                damaged = false;
                RowView rows = _rows.OpenView();
                try
                {
                    ScanGroup(rows, group, queries, topK, destination, counts, filter, cancellationToken);
                }
                finally
                {
                    _rows.CloseView(rows);
                }

                foreach (SearchScratch search in group)
                {
                    damaged |= search.Damaged.Count > 0;
                    RemoveDamaged(search.Damaged);
                }
            }
            while (damaged);
        }
        finally
        {
            SearchScratchPool.Return(scratch);
        }
    }

    private void ScanGroup(
        in RowView rows,
        ReadOnlySpan<SearchScratch> group,
        ReadOnlySpan<float> queries,
        int topK,
        Span<Hit> destination,
        Span<int> counts,
        RowFilter? filter,
        CancellationToken cancellationToken)
    {
        for (int i = 0; i < group.Length; i++)
        {
            group[i].Damaged.Clear();
            group[i].Prepare(queries.Slice(i * Dimension, Dimension), default);
        }

        counts.Clear();
        int found = Math.Min(topK, rows.RowCount);
        if (found == 0)
            return;
        Span<float> bounds = stackalloc float[GroupScan.MaxQueries];
        new GroupScan(rows, group, _codeStride, filter, found).Run(bounds, cancellationToken);
        for (int i = 0; i < group.Length; i++)
            counts[i] = Refine(rows, group[i].Query, group[i], destination.Slice(i * topK, found), bounds[i]);
    }
}
