using System.Numerics.Tensors;
using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Rows;
using ImageSearch.VectorIndex.Scan;

namespace ImageSearch.VectorIndex;

/// <content>
/// Measures recall to choose the beam width: a sample of queries is answered by the graph and by an exact scan. A query is a row moved by the
/// difference of two of its neighbours: about as far from the rows as they are from each other, like a vector that the index has not seen.
/// Rows themselves are too easy, because their links lead to their neighbours; without these links they are too hard.
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
    public double? MeasuredRecall => _options.SearchWidth == 0 && Volatile.Read(ref _measured) is { Recall: > 0 } measured ? measured.Recall : null;

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
        // A sample of a few queries says nothing: a table from which almost all rows were removed.
        Volatile.Write(
            ref _measured,
            sample.SmallestWidth(_options.TargetRecall) is var (width, recall)
                ? new MeasuredWidth(width, recall, graph.Nodes)
                : new MeasuredWidth(UnmeasuredWidth(rows.RowCount), 0, graph.Nodes));
        _rows.MarkChanged();
        _sample = null;
    }

    private unsafe void Measure(NeighborGraph graph, RowView rows, RecallSample sample, int firstQuery, CancellationToken cancellationToken)
    {
        const int Queries = GroupScan.MaxQueries;
        int topK = Math.Min(RecallSample.TopK, rows.RowCount);
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
                if (TrySample(graph, rows, firstQuery + i, query, buffer))
                    sampled++;
            }

            if (sampled == 0)
                return;
            ScanGroup(
                rows, scratch.Group(sampled), queries.AsSpan(0, sampled * Dimension), topK, nearest, counts.AsSpan(0, sampled), filter: null, cancellationToken);
            for (int i = 0; i < sampled; i++)
            {
                ReadOnlySpan<Hit> expected = nearest.AsSpan(i * topK, counts[i]);
                Query query = scratch.Prepare(queries.AsSpan(i * Dimension, Dimension), default);
                for (int step = 0; step < foundAt.Length; step++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (step > 0 && foundAt[step - 1] == expected.Length)
                    {
                        foundAt[step] = expected.Length;
                        continue;
                    }

                    int hits = SearchGraph(graph, rows, query, scratch, found, new SearchOptions(Width: RecallSample.Widths[step])) ?? 0;
                    foundAt[step] = CountExpected(found.AsSpan(0, hits), expected);
                }

                sample.Add(expected.Length, foundAt);
            }
        }
        finally
        {
            SearchScratchPool.Return(scratch);
        }
    }

    /// <summary>Makes a query near a random node; false if there is no suitable node near the random slot.</summary>
    private unsafe bool TrySample(NeighborGraph graph, RowView rows, int number, Span<float> query, float[] buffer)
    {
        const int MaxAttempts = 64;
        var start = (int)(unchecked((uint)number * 2654435769u) * (ulong)rows.SlotCount >> 32);
        for (int slot = start; slot < Math.Min(start + MaxAttempts, rows.SlotCount); slot++)
        {
            if (!rows.SlotAt(slot)->IsVisibleAt(rows.Epoch) || !rows.Blocks[slot >> Block.SlotBits].Nodes[slot & Block.SlotMask].IsInGraph
                || graph.FirstNeighbors(rows.Blocks, slot) is not ({ } first, { } second) || Math.Max(first, second) >= rows.SlotCount)
                continue;
            query.Clear();
            if (!TryAdd(slot, 1, query) || !TryAdd(first, 1, query) || !TryAdd(second, -1, query))
                continue;
            float length = TensorPrimitives.Norm(query);
            TensorPrimitives.Divide(query, length, query);
            if (length > 0.1f)
                return true;
        }

        return false;

        bool TryAdd(int slot, float factor, Span<float> sum)
        {
            fixed (float* pinned = buffer)
            {
                float* read = _vectors.Read(rows.Blocks, slot, pinned);
                if (read == null)
                    return false;
                TensorPrimitives.MultiplyAdd(new ReadOnlySpan<float>(read, Dimension), factor, sum, sum);
                return true;
            }
        }
    }

    private static int CountExpected(ReadOnlySpan<Hit> hits, ReadOnlySpan<Hit> expected)
    {
        // Of rows at equal distances any may be found: a hit counts if it is as near as the last expected one.
        float furthest = expected.IsEmpty ? 0 : expected[^1].SquaredDistance;
        int count = 0;
        foreach (Hit hit in hits)
            count += hit.SquaredDistance <= furthest ? 1 : 0;
        return count;
    }

    /// <summary>A beam width and how it was measured.</summary>
    private sealed record MeasuredWidth(int Width, double Recall, int Nodes);
}
