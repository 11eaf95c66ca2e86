using BenchmarkDotNet.Attributes;
using ImageSearch.VectorIndex;

namespace ImageSearch.VectorIndexBench;

/// <summary>A graph search by one client, which must allocate nothing. IndexBench measures its recall.</summary>
[MemoryDiagnoser]
public class GraphSearchBench
{
    private const int Rows = 50_000;
    private const int Queries = 512;

    private readonly Hit[] _hits = new Hit[10];
    private readonly float[][] _queries = new float[Queries][];
    private NeighborIndex _index = null!;
    private int _next;

    [Params(64, 256)]
    public int Width { get; set; }

    [GlobalSetup]
    public void Build()
    {
        var vectors = new UnitVectors(7);
        _index = new NeighborIndex(FlatSearchBench.Dimension);
        for (int id = 1; id <= Rows; id++)
            _index.Put(id, 1, vectors.NextClustered(FlatSearchBench.Dimension));
        _index.Maintain(Environment.ProcessorCount);
        for (int i = 0; i < Queries; i++)
            _queries[i] = vectors.NextClustered(FlatSearchBench.Dimension);
    }

    [GlobalCleanup]
    public void Free() => _index.Dispose();

    [Benchmark]
    public int Search() => _index.Search(_queries[_next++ % Queries], default, _hits, new SearchOptions(Width: Width));
}
