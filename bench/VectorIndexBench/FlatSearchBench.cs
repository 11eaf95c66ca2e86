using BenchmarkDotNet.Attributes;
using ImageSearch.VectorIndex;

namespace ImageSearch.VectorIndexBench;

/// <summary>
/// An exact search of one table by one client. Up to 10,000 rows it must allocate nothing; the scan of more than about 100,000 uses several
/// threads, whose start allocates.
/// </summary>
[MemoryDiagnoser]
public class FlatSearchBench
{
    public const int Dimension = 512;

    private readonly Hit[] _hits = new Hit[10];
    private NeighborIndex _index = null!;
    private float[] _view = null!;
    private float[] _secondView = null!;

    [Params(1_000, 10_000, 100_000)]
    public int Rows { get; set; }

    [Params(1, 2)]
    public int Views { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var vectors = new UnitVectors(7);
        _index = new NeighborIndex(Dimension, new IndexOptions { FlatRows = int.MaxValue });
        for (int id = 1; id <= Rows; id++)
            _index.Put(id, 1, vectors.Next(Dimension));
        _view = vectors.Next(Dimension);
        _secondView = Views == 2 ? vectors.Next(Dimension) : [];
    }

    [GlobalCleanup]
    public void Free() => _index.Dispose();

    [Benchmark]
    public int Search() => _index.Search(_view, _secondView, _hits);
}
