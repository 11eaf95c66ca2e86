using System.Diagnostics;
using ImageSearch.VectorIndex;

namespace ImageSearch.IndexBench;

/// <summary>Measures searches by repeating all queries for a minimum time, with buffers that are allocated once.</summary>
internal sealed class SearchRun
{
    private const double WarmUpSeconds = 0.3;
    private const double MinSeconds = 1.5;
    private const double MaxSeconds = 30;
    private const int MinSearches = 20;

    private readonly float[][] _queries;
    private readonly GroundTruth _truth;
    private readonly IndexRows _rows;
    private readonly int _topK;
    private readonly Hit[][] _hits;
    private readonly long[] _ticks = new long[1 << 18];

    public SearchRun(float[][] queries, GroundTruth truth, IndexRows rows, int topK, int threads)
    {
        _queries = queries;
        _truth = truth;
        _rows = rows;
        _topK = topK;
        _hits = [.. Enumerable.Range(0, threads).Select(_ => new Hit[topK])];
        // Touches all pages now: pages first touched during a search would count as memory of the index.
        Array.Fill(_ticks, 1);
    }

    /// <summary>Measures searches with the same options.</summary>
    /// <param name="index">The index.</param>
    /// <param name="kind">flat or graph.</param>
    /// <param name="state">The state of the index: built, loaded or churned.</param>
    /// <param name="options">Filter and beam width.</param>
    /// <param name="set">The set of the ground truth.</param>
    /// <param name="share">The filter's share, or null.</param>
    /// <param name="cancellationToken">Cancels the searches.</param>
    public SearchFigures Measure(
        NeighborIndex index, string kind, string state, SearchOptions options, int set, double? share, CancellationToken cancellationToken)
    {
        Repeat(index, options, WarmUpSeconds, cancellationToken);
        double recall = RecallOf(index, options, set, cancellationToken);
        (int searches, double seconds) = Repeat(index, options, MinSeconds, cancellationToken);
        Span<long> ticks = _ticks.AsSpan(0, Math.Min(searches, _ticks.Length));
        ticks.Sort();
        return new SearchFigures(
            kind,
            state,
            kind == "flat" ? null : options.Width > 0 ? options.Width : index.SearchWidth,
            share,
            recall,
            searches / seconds,
            _hits.Length == 1 ? searches / seconds : ByAll(index, options, cancellationToken),
            Microseconds(ticks, 0.50),
            Microseconds(ticks, 0.99));
    }

    private static double Microseconds(ReadOnlySpan<long> sorted, double share) =>
        TimeSpan.FromTicks(0).Add(Stopwatch.GetElapsedTime(0, sorted[(int)(share * (sorted.Length - 1))])).TotalMicroseconds;

    private double RecallOf(NeighborIndex index, SearchOptions options, int set, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        long found = 0, expected = 0;
        for (int query = 0; query < _queries.Length; query++)
        {
            if (query >= MinSearches && Stopwatch.GetElapsedTime(start).TotalSeconds > MaxSeconds)
                break;
            cancellationToken.ThrowIfCancellationRequested();
            int count = index.Search(_queries[query], default, _hits[0], options, cancellationToken);
            ReadOnlySpan<int> truth = _truth.Of(set, query);
            expected += truth.Length;
            foreach (Hit hit in _hits[0].AsSpan(0, count))
                found += truth.Contains(_rows.RowOf(hit.Id)) ? 1 : 0;
        }

        return expected == 0 ? 1 : (double)found / expected;
    }

    private (int Searches, double Seconds) Repeat(
        NeighborIndex index, SearchOptions options, double minSeconds, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        long before = start;
        for (int search = 0; ; search++)
        {
            double seconds = Stopwatch.GetElapsedTime(start, before).TotalSeconds;
            bool isFinished = seconds >= minSeconds && (search >= _queries.Length || seconds >= MaxSeconds || minSeconds == WarmUpSeconds);
            if (isFinished && search > 0)
                return (search, seconds);
            index.Search(_queries[search % _queries.Length], default, _hits[0], options, cancellationToken);
            long now = Stopwatch.GetTimestamp();
            _ticks[search % _ticks.Length] = now - before;
            before = now;
        }
    }

    private double ByAll(NeighborIndex index, SearchOptions options, CancellationToken cancellationToken)
    {
        int searches = 0;
        long start = Stopwatch.GetTimestamp();
        Thread[] threads = [.. _hits.Select((hits, thread) => new Thread(() => Work(hits, thread)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        cancellationToken.ThrowIfCancellationRequested();
        return searches / Stopwatch.GetElapsedTime(start).TotalSeconds;

        void Work(Hit[] hits, int thread)
        {
            int count = 0;
            int next = thread * _queries.Length / _hits.Length;
            while (!cancellationToken.IsCancellationRequested && (count == 0 || Stopwatch.GetElapsedTime(start).TotalSeconds < MinSeconds))
            {
                index.Search(_queries[next++ % _queries.Length], default, hits, options, CancellationToken.None);
                count++;
            }

            Interlocked.Add(ref searches, count);
        }
    }
}
