using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Rows;
using ImageSearch.VectorIndex.Scan;

namespace ImageSearch.VectorIndex;

/// <content>The choice between scan and graph, and searches of the graph.</content>
public sealed partial class NeighborIndex
{
    // The quantization errors of values are independent, so the standard deviation of an inner product is about Error/√dimension. An
    // error of eight standard deviations does not occur in practice.
    private const float MaxDeviations = 8;

    /// <summary>The strategy of a search.</summary>
    private enum SearchPlan
    {
        /// <summary>Scan all rows.</summary>
        Scan,

        /// <summary>Scan the rows that the filter allows, looked up by id.</summary>
        ScanAllowed,

        /// <summary>Search the graph.</summary>
        Graph,
    }

    // Costs in units of scanning one row in order, measured on 100,000 × 512: looking a row up by id costs about 6, skipping a row by the
    // filter about 1/6, a unit of beam width RowsPerWidth.
    private SearchPlan PlanFor(NeighborGraph? graph, int topK, in SearchOptions options)
    {
        long rows = Count;
        long graphCost = graph is null || rows <= _options.FlatRows ? long.MaxValue : (long)_options.RowsPerWidth * WidthFor(rows, topK, options);
        if (options.Filter is not { } filter)
            return graphCost <= rows ? SearchPlan.Graph : SearchPlan.Scan;

        long allowed = Math.Min(filter.Count, rows);
        long scanCost = (rows / 6) + allowed;
        if (allowed == 0 || 6 * allowed < scanCost)
            return SearchPlan.ScanAllowed;
        return graphCost != long.MaxValue && graphCost * rows / allowed <= scanCost ? SearchPlan.Graph : SearchPlan.Scan;
    }

    private int WidthFor(long rows, int topK, in SearchOptions options)
    {
        int width = options.Width > 0 ? options.Width : _options.SearchWidth;
        return width > 0 ? Math.Max(width, topK) : Math.Max(AutomaticWidth(rows), topK > RecallSample.TopK ? 2 * topK : topK);
    }

    // The width is measured for the nearest ten. More hits need a beam that holds more than them, because sketches order it only roughly.
    private int AutomaticWidth(long rows)
    {
        if (Volatile.Read(ref _measured) is not { } measured)
            return UnmeasuredWidth(rows);
        // A graph that grows faster than its rows are linked is not measured again until all of them are.
        return (int)(measured.Width * Math.Sqrt(Math.Sqrt(Math.Max(1, rows / (double)measured.Nodes))));
    }

    private static int UnmeasuredWidth(long rows)
    {
        const int BaseRows = 100_000;
        const int WidthAtBase = 256;
        return (int)(WidthAtBase * Math.Sqrt(Math.Sqrt(Math.Max(1, rows / (double)BaseRows))));
    }

    /// <summary>Searches the graph by each query; null if it found fewer hits than requested.</summary>
    private unsafe int? SearchGraph(
        NeighborGraph graph,
        in RowView rows,
        in Query query,
        SearchScratch scratch,
        Span<Hit> destination,
        in SearchOptions options)
    {
        int width = WidthFor(rows.RowCount, destination.Length, options);
        int refined = Math.Min(width, (4 * destination.Length) + 10) * (query.HasSecond ? 2 : 1);
        if (options.Filter is { } filter)
            width = (int)Math.Min(rows.RowCount, (long)width * rows.RowCount / Math.Min(filter.Count, rows.RowCount));
        float errorShare = MathF.Min(1, MaxDeviations / MathF.Sqrt(Dimension));

        scratch.Candidates.Clear();
        graph.Search(rows.Blocks, rows.SlotCount, query.Code, query.Vector(Dimension), width, scratch.Graph);
        Collect(rows, scratch, options.Filter, errorShare);
        if (query.HasSecond)
        {
            graph.Search(rows.Blocks, rows.SlotCount, query.SecondCode, query.SecondVector(Dimension), width, scratch.Graph);
            Collect(rows, scratch, options.Filter, errorShare);
        }

        var bounds = new TopScoreBounds(scratch.Bounds(destination.Length));
        new FlatScan(rows, query, _codeStride, options.Filter, errorShare).Slots(rows.Unlinked.Items, ref bounds, scratch.Candidates);
        scratch.Candidates.Sort();
        Span<Candidate> candidates = scratch.Candidates.Items;
        int found = new Refinement(rows, query, _vectors, scratch)
            .Nearest(candidates[..Math.Min(candidates.Length, refined)], destination);
        if (found == destination.Length)
            return found;
        _searchFellShort = true;
        return null;
    }

    private static unsafe void Collect(in RowView rows, SearchScratch scratch, RowFilter? filter, float errorShare)
    {
        Beam beam = scratch.Graph.Beam;
        for (int i = 0; i < beam.Count; i++)
        {
            int slot = beam.SlotAt(i);
            Slot* row = rows.SlotAt(slot);
            if (!row->IsVisibleAt(rows.Epoch) || (filter is not null && !filter.Allows(row->Id)))
                continue;
            float error = rows.Blocks[slot >> Block.SlotBits].Terms[slot & Block.SlotMask].Error;
            scratch.Candidates.Add(new Candidate(beam.ScoreAt(i) + (errorShare * error), slot), float.NegativeInfinity);
        }
    }
}
