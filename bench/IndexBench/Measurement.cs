using System.Diagnostics;
using ImageSearch.VectorIndex;

namespace ImageSearch.IndexBench;

/// <summary>One run: build, searches, snapshot, searches of what was loaded, changes, searches again.</summary>
internal sealed class Measurement
{
    private readonly BenchOptions _options;
    private readonly VectorFile _vectors;
    private readonly float[][] _queries;
    private readonly RowSample?[] _sets;
    private readonly IndexRows _rows;
    private readonly List<StepFigures> _steps = [];
    private readonly List<SearchFigures> _searches = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private long? _memoryBefore;

    public Measurement(BenchOptions options, VectorFile vectors, float[][] queries)
    {
        _options = options;
        _vectors = vectors;
        _queries = queries;
        _sets = [null, .. options.FilterShares.Select((share, i) => new RowSample(share, Seed: 100 + (ulong)i))];
        _rows = new IndexRows(vectors);
    }

    // The graph is measured at any size, so it is built at any size.
    private static IndexOptions IndexOptions => new() { FlatRows = 0 };

    public Report Run(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        ExactAnswers exact = Exact(cancellationToken);
        double exactSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var run = new SearchRun(_queries, exact, _rows, _options.TopK, _options.Threads);
        WarmUp(cancellationToken);
        using var folder = new IndexFolder(_options.Folder);
        _memoryBefore = ProcessMemory.AnonymousBytes();
        ProcessMemory.StartPeak();

        using (NeighborIndex index = Open(folder))
        {
            Say("put");
            Note("put", _rows.PutAll(index, cancellationToken), _vectors.Rows, index);
            Say("flat searches");
            _searches.Add(run.Measure(index, "flat", "built", default, set: 0, share: null, cancellationToken));
            Say("graph");
            Note("maintain", Seconds(() => index.Maintain(_options.Threads, null, cancellationToken)), _vectors.Rows, index);
            MeasureGraph(run, index, "built", cancellationToken);
            Say("snapshot");
            Note("write snapshot", Seconds(() => index.Save(cancellationToken)), null, index);
        }

        long snapshotBytes = folder.Bytes;
        Note("after disposal", 0, null, null);
        NeighborIndex? loaded = null;
        try
        {
            double seconds = Seconds(() => loaded = Open(folder));
            Note("load snapshot", seconds, null, loaded);
            MeasureGraph(run, loaded!, "loaded", cancellationToken);
            Note("loaded and searched", 0, null, loaded);
            if (_options.Churn > 0)
                Churn(run, loaded!, cancellationToken);
        }
        finally
        {
            loaded?.Dispose();
        }

        return new Report(
            _options,
            _vectors.Rows,
            _queries.Length,
            exactSeconds,
            Stopwatch.GetElapsedTime(_start).TotalSeconds,
            snapshotBytes,
            ProcessMemory.PeakBytes(),
            _memoryBefore,
            _steps,
            _searches);
    }

    private static double Seconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Say(string step) => Console.Error.WriteLine($"{step} ...");

    private NeighborIndex Open(IndexFolder folder)
    {
        NeighborIndex index = NeighborIndex.Open(folder.Path, _options.Dimension, IndexOptions, out string? refused);
        if (refused is null)
            return index;
        index.Dispose();
        throw new BenchException(refused);
    }

    private ExactAnswers Exact(CancellationToken cancellationToken)
    {
        if (_options.Truth is not { } truth)
            return Compute();
        if (_sets.All(set => FileOf(set).Exists))
            return ExactAnswers.Read(FileOf, _sets, _queries.Length, _vectors.Rows, _options.TopK);
        ExactAnswers computed = Compute();
        computed.Write(FileOf, _sets);
        return computed;

        FileInfo FileOf(RowSample? set) => set is null ? truth : new FileInfo(FormattableString.Invariant($"{truth.FullName}.{set.Share}-{set.Seed}"));

        ExactAnswers Compute()
        {
            Say("exact answers");
            return ExactAnswers.Compute(_vectors, _queries, _sets, _options.TopK, _options.Threads, cancellationToken);
        }
    }

    /// <summary>A small index first: code that the runtime compiles then is no memory of the one that is measured, nor its time.</summary>
    private void WarmUp(CancellationToken cancellationToken)
    {
        const int Rows = 4_000;
        Say("warm-up");
        using var folder = new IndexFolder(named: null);
        using NeighborIndex index = Open(folder);
        ReadOnlySpan<float> piece = _vectors.Read(0);
        int rows = Math.Min(Rows, piece.Length / _options.Dimension);
        for (int row = 0; row < rows; row++)
            index.Put(row, 1, piece.Slice(row * _options.Dimension, _options.Dimension));
        var hits = new Hit[_options.TopK];
        Search(default);
        index.Maintain(_options.Threads, null, cancellationToken);
        Search(new SearchOptions(Width: 32));
        Search(new SearchOptions(new RowFilter([1, 2, 3])));
        index.Save(cancellationToken);

        void Search(SearchOptions options)
        {
            foreach (float[] query in _queries.AsSpan(0, Math.Min(200, _queries.Length)))
                index.Search(query, default, hits, options, cancellationToken);
        }
    }

    private void MeasureGraph(SearchRun run, NeighborIndex index, string state, CancellationToken cancellationToken)
    {
        Say($"graph searches, {state}");
        foreach (int width in _options.Widths)
            _searches.Add(run.Measure(index, "graph", state, new SearchOptions(Width: width), set: 0, share: null, cancellationToken));
        if (state == "loaded")
            return;
        for (int set = 1; set < _sets.Length; set++)
        {
            RowFilter filter = _rows.FilterOf(_sets[set]!);
            _searches.Add(run.Measure(index, "graph", state, new SearchOptions(filter), set, _sets[set]!.Share, cancellationToken));
        }
    }

    private void Churn(SearchRun run, NeighborIndex index, CancellationToken cancellationToken)
    {
        Say("churn");
        (int removed, double removing) = _rows.Remove(index, _options.Churn);
        Note("delete", removing, removed, index);
        (int put, double putting) = _rows.PutAnew(index, cancellationToken);
        Note("put anew", putting, put, index);
        Note("maintain anew", Seconds(() => index.Maintain(_options.Threads, null, cancellationToken)), put, index);
        MeasureGraph(run, index, "churned", cancellationToken);
    }

    private void Note(string step, double seconds, int? vectors, NeighborIndex? index) => _steps.Add(new StepFigures(
        step, seconds, vectors, ProcessMemory.AnonymousBytes() - _memoryBefore, index?.Bytes ?? 0, index?.Count ?? 0));
}
