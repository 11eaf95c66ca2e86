using System.Runtime.InteropServices;
using ImageSearch.VectorIndex.Codes;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>Buffers of a thread that inserts or repairs nodes.</summary>
internal sealed unsafe class InsertScratch : GraphScratch, IDisposable
{
    private readonly int[] _selected = new int[GraphShape.MaxHeight * GraphShape.BaseLinks];

    public InsertScratch(int dimension) =>
        Query = (short*)NativeMemory.AlignedAlloc((nuint)(RowCode.StrideOf(dimension) * sizeof(short)), 64);

    public short* Query { get; private set; }

    /// <summary>Large enough for the beam of an insertion, and for all neighbours of all neighbours of a node under repair.</summary>
    public (int Slot, float Score)[] Candidates { get; } =
        new (int, float)[Math.Max(GraphShape.BuildBeamWidth, (GraphShape.BaseLinks + 1) * GraphShape.BaseLinks) + 1];

    /// <summary>Number of neighbours selected on each level.</summary>
    public int[] Selected { get; } = new int[GraphShape.MaxHeight];

    public Span<int> SelectedAt(int level) => _selected.AsSpan(level * GraphShape.BaseLinks, GraphShape.BaseLinks);

    public void Dispose()
    {
        NativeMemory.AlignedFree(Query);
        Query = null;
    }
}
