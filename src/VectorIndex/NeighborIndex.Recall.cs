using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Rows;
using ImageSearch.VectorIndex.Scan;

namespace ImageSearch.VectorIndex;

/// <content>
/// Measures recall to choose the beam width: rows of a sample are searched by the graph and by an exact scan. The search does not visit the
/// row itself: its own links would lead it to its neighbours, and an estimate from them would be too high.
/// </content>
public sealed partial class NeighborIndex
{
    // The width is measured again when the graph has grown or shrunk by this factor, so that all measurements of a growing index together
    // cost as much as three of the last one.
    private const double GrowthToMeasureAgain = 1.5;
    private const int MinNodesToMeasure = 10_000;

    private RecallSample? _sample;
    private MeasuredWidth? _measured;

    /// <summary>The beam width of a search without a width of its own.</summary>
    public int SearchWidth => WidthFor(Count, topK: 1, default);

    /// <summary>
    /// The share of the ten nearest rows that searches at the measured width found in the sample; null before the first measurement or with
    /// a fixed <see cref="IndexOptions.SearchWidth"/>.
    /// </summary>
    public double? MeasuredRecall => _options.SearchWidth == 0 ? Volatile.Read(ref _measured)?.Recall : null;

    private bool NeedsMeasurement(NeighborGraph graph)
    {
        int measured = _measured?.Nodes ?? 0;
        return _options.SearchWidth == 0 && graph.Nodes >= MinNodesToMeasure
            && (measured == 0 || graph.Nodes > GrowthToMeasureAgain * measured || GrowthToMeasureAgain * graph.Nodes < measured);
    }

    /// <summary>Adds a group of queries per thread to the sample. The last groups set the width.</summary>
    private void Measure(NeighborGraph graph, int threads, CancellationToken cancellationToken)
    {
        RecallSample sample = _sample ??= new RecallSample();
        int groups = Math.Min(threads, (RecallSample.Queries - sample.Taken) / GroupScan.MaxQueries);
        RowView rows = _rows.OpenView();
        try
        {
            int first = sample.Taken;
            var options = new ParallelOptions { CancellationToken = cancellationToken, TaskScheduler = TaskScheduler.Default };
            Parallel.For(
                0, groups, options, group => Measure(graph, rows, sample, first + (group * GroupScan.MaxQueries), cancellationToken));
        }
        finally
        {
            _rows.CloseView(rows);
        }

        sample.Taken += groups * GroupScan.MaxQueries;
        if (sample.Taken < RecallSample.Queries)
            return;
        (int width, double recall) = sample.SmallestWidth(_options.TargetRecall);
        Volatile.Write(ref _measured, new MeasuredWidth(width, recall, graph.Nodes));
        _rows.MarkChanged();
        _sample = null;
    }

    private unsafe void Measure(NeighborGraph graph, RowView rows, RecallSample sample, int firstQuery, CancellationToken cancellationToken)
    {
        const int Queries = GroupScan.MaxQueries;
        // One hit more: the row itself is among the nearest.
        int topK = Math.Min(RecallSample.TopK + 1, rows.RowCount);
        var slots = new int[Queries];
        var queries = new float[Queries * Dimension];
        var nearest = new Hit[Queries * topK];
        var counts = new int[Queries];
        var found = new Hit[topK];
        var foundAt = new int[RecallSample.Widths.Length];
        var buffer = new float[_vectors.Stride];
        SearchScratch scratch = SearchScratchPool.Rent();
        try
        {
            int sampled = 0;
            for (int i = 0; i < Queries; i++)
            {
                Span<float> query = queries.AsSpan(sampled * Dimension, Dimension);
                if (TrySample(rows, firstQuery + i, query, buffer) is { } slot)
                    slots[sampled++] = slot;
            }

            if (sampled == 0)
                return;
            ScanGroup(
                rows, scratch.Group(sampled), queries.AsSpan(0, sampled * Dimension), topK, nearest, counts.AsSpan(0, sampled), filter: null, cancellationToken);
            for (int i = 0; i < sampled; i++)
            {
                long self = rows.SlotAt(slots[i])->Id;
                ReadOnlySpan<Hit> expected = nearest.AsSpan(i * topK, counts[i]);
                int total = CountOthers(expected, expected, self);
                Query query = scratch.Prepare(queries.AsSpan(i * Dimension, Dimension), default);
                for (int step = 0; step < foundAt.Length; step++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (step > 0 && foundAt[step - 1] == total)
                    {
                        foundAt[step] = total;
                        continue;
                    }

                    int hits = SearchGraph(graph, rows, query, scratch, found, new SearchOptions(Width: RecallSample.Widths[step]), slots[i]) ?? 0;
                    foundAt[step] = CountOthers(found.AsSpan(0, hits), expected, self);
                }

                sample.Add(total, foundAt);
            }
        }
        finally
        {
            SearchScratchPool.Return(scratch);
        }
    }

    /// <summary>Reads the vector of a random row of the graph; null if there is none near the random slot.</summary>
    private unsafe int? TrySample(RowView rows, int number, Span<float> vector, float[] buffer)
    {
        const int MaxAttempts = 64;
        var start = (int)(unchecked((uint)number * 2654435769u) * (ulong)rows.SlotCount >> 32);
        for (int slot = start; slot < Math.Min(start + MaxAttempts, rows.SlotCount); slot++)
        {
            if (!rows.SlotAt(slot)->IsVisibleAt(rows.Epoch) || !rows.Blocks[slot >> Block.SlotBits].Nodes[slot & Block.SlotMask].IsInGraph)
                continue;
            fixed (float* pinned = buffer)
            {
                float* read = _vectors.Read(rows.Blocks, slot, pinned);
                if (read == null)
                    continue;
                new ReadOnlySpan<float>(read, Dimension).CopyTo(vector);
                return slot;
            }
        }

        return null;
    }

    private static int CountOthers(ReadOnlySpan<Hit> hits, ReadOnlySpan<Hit> expected, long self)
    {
        // Of rows at equal distances any may be found: a hit counts if it is as near as the last expected one.
        float furthest = expected.IsEmpty ? 0 : expected[^1].SquaredDistance;
        int count = 0;
        foreach (Hit hit in hits)
            count += hit.Id != self && hit.SquaredDistance <= furthest ? 1 : 0;
        return Math.Min(count, RecallSample.TopK);
    }

    /// <summary>A beam width and how it was measured.</summary>
    private sealed record MeasuredWidth(int Width, double Recall, int Nodes);
}
