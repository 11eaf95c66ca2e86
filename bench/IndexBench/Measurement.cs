using System.Diagnostics;
using ImageSearch.VectorIndex;

namespace ImageSearch.IndexBench;

/// <summary>One run: build, search, save a snapshot, load it, search, replace rows, search.</summary>
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

    // Builds the graph at any number of rows.
    private static IndexOptions IndexOptions => new() { FlatRows = 0 };

    public Report Run(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        GroundTruth truth = LoadGroundTruth(cancellationToken);
        double truthSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var run = new SearchRun(_queries, truth, _rows, _options.TopK, _options.Threads);
        WarmUp(cancellationToken);
        using var folder = new IndexFolder(_options.Folder);
        _memoryBefore = ProcessMemory.AnonymousBytes();
        ProcessMemory.ResetPeak();

        using (NeighborIndex index = Open(folder))
        {
            PrintStep("put");
            AddStep("put", _rows.PutAll(index, cancellationToken), _vectors.Rows, index);
            PrintStep("flat searches");
            _searches.Add(run.Measure(index, "flat", "built", default, set: 0, share: null, cancellationToken));
            PrintStep("graph");
            AddStep("maintain", Seconds(() => index.Maintain(_options.Threads, null, cancellationToken)), _vectors.Rows, index);
            MeasureGraph(run, index, "built", cancellationToken);
            PrintStep("snapshot");
            AddStep("write snapshot", Seconds(() => index.Save(cancellationToken)), null, index);
        }

        long snapshotBytes = folder.Bytes;
        AddStep("after disposal", 0, null, null);
        NeighborIndex? loaded = null;
        try
        {
            double seconds = Seconds(() => loaded = Open(folder));
            AddStep("load snapshot", seconds, null, loaded);
            MeasureGraph(run, loaded!, "loaded", cancellationToken);
            AddStep("loaded and searched", 0, null, loaded);
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
            truthSeconds,
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

    private static void PrintStep(string step) => Console.Error.WriteLine($"{step} ...");

    private NeighborIndex Open(IndexFolder folder)
    {
        NeighborIndex index = NeighborIndex.Open(folder.Path, _options.Dimension, IndexOptions, out string? rejectionReason);
        if (rejectionReason is null)
            return index;
        index.Dispose();
        throw new BenchException(rejectionReason);
    }

    private GroundTruth LoadGroundTruth(CancellationToken cancellationToken)
    {
        if (_options.Truth is not { } file)
            return Compute();
        if (_sets.All(set => FileOf(set).Exists))
            return GroundTruth.Read(FileOf, _sets, _queries.Length, _vectors.Rows, _options.TopK);
        GroundTruth computed = Compute();
        computed.Write(FileOf, _sets);
        return computed;

        FileInfo FileOf(RowSample? set) => set is null ? file : new FileInfo(FormattableString.Invariant($"{file.FullName}.{set.Share}-{set.Seed}"));

        GroundTruth Compute()
        {
            PrintStep("ground truth");
            return GroundTruth.Compute(_vectors, _queries, _sets, _options.TopK, _options.Threads, cancellationToken);
        }
    }

    /// <summary>Builds and searches a small index first, to exclude JIT compilation from time and memory.</summary>
    private void WarmUp(CancellationToken cancellationToken)
    {
        const int Rows = 4_000;
        PrintStep("warm-up");
        using var folder = new IndexFolder(given: null);
        using NeighborIndex index = Open(folder);
        ReadOnlySpan<float> chunk = _vectors.Read(0);
        int rows = Math.Min(Rows, chunk.Length / _options.Dimension);
        for (int row = 0; row < rows; row++)
            index.Put(row, 1, chunk.Slice(row * _options.Dimension, _options.Dimension));
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
        PrintStep($"graph searches, {state}; default width {index.SearchWidth}, recall of own rows {index.MeasuredRecall:F4}");
        _searches.Add(run.Measure(index, "default", state, default, set: 0, share: null, cancellationToken));
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
        PrintStep("churn");
        (int removed, double removeSeconds) = _rows.Remove(index, _options.Churn);
        AddStep("delete", removeSeconds, removed, index);
        (int replaced, double replaceSeconds) = _rows.Replace(index, cancellationToken);
        AddStep("replace", replaceSeconds, replaced, index);
        AddStep("maintain again", Seconds(() => index.Maintain(_options.Threads, null, cancellationToken)), replaced, index);
        MeasureGraph(run, index, "churned", cancellationToken);
    }

    private void AddStep(string step, double seconds, int? vectors, NeighborIndex? index) => _steps.Add(new StepFigures(
        step, seconds, vectors, ProcessMemory.AnonymousBytes() - _memoryBefore, index?.Bytes ?? 0, index?.Count ?? 0));
}
