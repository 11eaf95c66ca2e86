using BenchmarkDotNet.Attributes;
using ImageSearch.VectorIndex;

namespace ImageSearch.VectorIndexBench;

/// <summary>
/// An exact search by one client. It must allocate nothing up to 10,000 rows; the scan of about 100,000 rows and more starts several
/// threads, which allocates.
/// </summary>
[MemoryDiagnoser]
public class FlatSearchBench
{
    public const int Dimension = 512;

    private readonly Hit[] _hits = new Hit[10];
    private NeighborIndex _index = null!;
    private float[] _query = null!;
    private float[] _secondQuery = null!;

    [Params(1_000, 10_000, 100_000)]
    public int Rows { get; set; }

    [Params(1, 2)]
    public int Queries { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var vectors = new UnitVectors(7);
        _index = new NeighborIndex(Dimension, new IndexOptions { FlatRows = int.MaxValue });
        for (int id = 1; id <= Rows; id++)
            _index.Put(id, 1, vectors.Next(Dimension));
        _query = vectors.Next(Dimension);
        _secondQuery = Queries == 2 ? vectors.Next(Dimension) : [];
    }

    [GlobalCleanup]
    public void Free() => _index.Dispose();

    [Benchmark]
    public int Search() => _index.Search(_query, _secondQuery, _hits);
}
