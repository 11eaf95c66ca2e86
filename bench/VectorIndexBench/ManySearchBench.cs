using BenchmarkDotNet.Attributes;
using ImageSearch.VectorIndex;

namespace ImageSearch.VectorIndexBench;

/// <summary>Eight exact searches by one thread, one after another and in one scan. Neither must allocate.</summary>
[MemoryDiagnoser]
public class ManySearchBench
{
    private const int Dimension = 512;
    private const int Queries = 8;
    private const int TopK = 10;

    private readonly Hit[] _hits = new Hit[Queries * TopK];
    private readonly int[] _counts = new int[Queries];
    private NeighborIndex _index = null!;
    private float[] _queries = null!;

    [Params(1_000, 20_000, 49_000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var vectors = new UnitVectors(7);
        _index = new NeighborIndex(Dimension, new IndexOptions { FlatRows = int.MaxValue });
        for (int id = 1; id <= Rows; id++)
            _index.Put(id, 1, vectors.Next(Dimension));
        _queries = [.. Enumerable.Range(0, Queries).SelectMany(_ => vectors.Next(Dimension))];
    }

    [GlobalCleanup]
    public void Free() => _index.Dispose();

    [Benchmark(Baseline = true)]
    public void OneByOne()
    {
        for (int i = 0; i < Queries; i++)
            _counts[i] = _index.Search(_queries.AsSpan(i * Dimension, Dimension), default, _hits.AsSpan(i * TopK, TopK));
    }

    [Benchmark]
    public void Together() => _index.SearchMany(_queries, TopK, _hits, _counts);
}
