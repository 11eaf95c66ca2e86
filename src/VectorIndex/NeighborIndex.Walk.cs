using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Rows;
using ImageSearch.VectorIndex.Scan;

namespace ImageSearch.VectorIndex;

/// <content>Searches of the graph.</content>
public sealed partial class NeighborIndex
{
    // Errors of a code's values are independent, so an inner product is off by about Error/√dimension; eight times that does not occur.
    private const float Deviations = 8;

    /// <summary>How a search is done.</summary>
    private enum SearchPlan
    {
        /// <summary>Scan all rows.</summary>
        Scan,

        /// <summary>Scan the rows that the filter allows, found by their ids.</summary>
        ScanAllowed,

        /// <summary>Walk through the graph.</summary>
        Walk,
    }

    // In units of a row scanned in order: a row found by its id costs about 6, a row passed over by a filter about 1/6, a unit of width
    // RowsPerWidth, measured on 100,000 × 512.
    private SearchPlan PlanFor(NeighborGraph? graph, int topK, in SearchOptions options)
    {
        long rows = Count;
        long walk = graph is null || rows <= _options.FlatRows ? long.MaxValue : (long)_options.RowsPerWidth * WidthFor(rows, topK, options);
        if (options.Filter is not { } filter)
            return walk <= rows ? SearchPlan.Walk : SearchPlan.Scan;

        long allowed = Math.Min(filter.Count, rows);
        long scan = (rows / 6) + allowed;
        if (allowed == 0 || 6 * allowed < scan)
            return SearchPlan.ScanAllowed;
        return walk != long.MaxValue && walk * rows / allowed <= scan ? SearchPlan.Walk : SearchPlan.Scan;
    }

    private int WidthFor(long rows, int topK, in SearchOptions options)
    {
        const double RowsOfWidth = 100_000;
        double growth = Math.Sqrt(Math.Sqrt(Math.Max(1, rows / RowsOfWidth)));
        return Math.Max(options.Width > 0 ? options.Width : (int)(_options.SearchWidth * growth), topK);
    }

    /// <summary>Walks from each view; null where fewer were found than are wanted.</summary>
    private unsafe int? Walk(
        NeighborGraph graph, in RowView rows, in Query query, SearchRoom room, Span<Hit> destination, in SearchOptions options)
    {
        int width = WidthFor(rows.RowCount, destination.Length, options);
        int refined = Math.Min(width, (4 * destination.Length) + 10) * (query.HasSecondView ? 2 : 1);
        if (options.Filter is { } filter)
            width = (int)Math.Min(rows.RowCount, (long)width * rows.RowCount / Math.Min(filter.Count, rows.RowCount));
        float errorShare = MathF.Min(1, Deviations / MathF.Sqrt(Dimension));

        room.Candidates.Clear();
        graph.Walk(rows.Blocks, rows.SlotCount, query.Code, width, room.Walk);
        Collect(rows, room, options.Filter, errorShare);
        if (query.HasSecondView)
        {
            graph.Walk(rows.Blocks, rows.SlotCount, query.SecondCode, width, room.Walk);
            Collect(rows, room, options.Filter, errorShare);
        }

        var least = new MinScores(room.Least(destination.Length));
        new FlatScan(rows, query, _codeStride, options.Filter, errorShare).Slots(rows.Unlinked.Items, ref least, room.Candidates);
        room.Candidates.Sort();
        Span<Candidate> candidates = room.Candidates.Items;
        int found = new Refinement(rows, query, _vectors, room)
            .Nearest(candidates[..Math.Min(candidates.Length, refined)], destination);
        if (found == destination.Length)
            return found;
        _searchFellShort = true;
        return null;
    }

    private static unsafe void Collect(in RowView rows, SearchRoom room, RowFilter? filter, float errorShare)
    {
        NodePool pool = room.Walk.Pool;
        for (int i = 0; i < pool.Count; i++)
        {
            int slot = pool.SlotAt(i);
            Slot* row = rows.SlotAt(slot);
            if (!row->IsVisibleAt(rows.Moment) || (filter is not null && !filter.Allows(row->Id)))
                continue;
            float error = rows.Blocks[slot >> Block.SlotBits].Terms[slot & Block.SlotMask].Error;
            room.Candidates.Add(new Candidate(pool.ScoreAt(i) + (errorShare * error), slot), float.NegativeInfinity);
        }
    }
}
