using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndexBench;

/// <summary>The inner product of a query code and a row code in the L1 cache: the selected kernel and the portable one.</summary>
public unsafe class KernelBench
{
    private short* _query;
    private sbyte* _code;
    private sbyte* _otherCode;

    [Params(512, 1_280, 2_048)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        float[] vector = new UnitVectors(7).Next(Dimension);
        int stride = RowCode.StrideOf(Dimension);
        _query = (short*)NativeMemory.AlignedAlloc((nuint)(stride * sizeof(short)), 64);
        _code = (sbyte*)NativeMemory.AlignedAlloc((nuint)stride, 64);
        _otherCode = (sbyte*)NativeMemory.AlignedAlloc((nuint)stride, 64);
        QueryCode.Encode(vector, _query);
        RowCode.Encode(vector, new Span<sbyte>(_code, stride));
        RowCode.Encode(new UnitVectors(8).Next(Dimension), new Span<sbyte>(_otherCode, stride));
    }

    [GlobalCleanup]
    public void Free()
    {
        NativeMemory.AlignedFree(_query);
        NativeMemory.AlignedFree(_code);
        NativeMemory.AlignedFree(_otherCode);
    }

    [Benchmark(Baseline = true)]
    public int Selected() => CodeDot.Of(_query, _code, Dimension);

    [Benchmark]
    public int Portable() => CodeDotPortable.Of(_query, _code, Dimension);

    [Benchmark]
    public int Pair() => CodePairDot.Of(_code, _otherCode, Dimension);

    [Benchmark]
    public int PairPortable() => CodePairDot.Portable(_code, _otherCode, Dimension);
}
