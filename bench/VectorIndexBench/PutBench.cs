using BenchmarkDotNet.Attributes;
using ImageSearch.VectorIndex;

namespace ImageSearch.VectorIndexBench;

/// <summary>Replacing rows without concurrent searches.</summary>
[MemoryDiagnoser]
public class PutBench
{
    private const int Rows = 10_000;

    private readonly float[] _vector = new UnitVectors(7).Next(FlatSearchBench.Dimension);
    private NeighborIndex _index = null!;
    private int _puts;

    [GlobalSetup]
    public void Fill() => _index = new NeighborIndex(FlatSearchBench.Dimension);

    [GlobalCleanup]
    public void Free() => _index.Dispose();

    [Benchmark]
    public void Put()
    {
        _puts++;
        _index.Put(_puts % Rows, _puts, _vector);
    }
}
