using System.Runtime.InteropServices;
using ImageSearch.VectorIndex.Codes;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>What a thread needs that takes nodes in.</summary>
internal sealed unsafe class InsertRoom : WalkRoom, IDisposable
{
    private readonly int[] _chosen = new int[GraphShape.GreatestHeight * GraphShape.BaseLinks];

    public InsertRoom(int dimension) =>
        Query = (short*)NativeMemory.AlignedAlloc((nuint)(RowCode.StrideOf(dimension) * sizeof(short)), 64);

    public short* Query { get; private set; }

    /// <summary>As many as a new node has, or as one whose neighbours are all gone has around them.</summary>
    public (int Slot, float Score)[] Candidates { get; } =
        new (int, float)[Math.Max(GraphShape.BuildWidth, (GraphShape.BaseLinks + 1) * GraphShape.BaseLinks) + 1];

    /// <summary>Neighbours chosen on each level.</summary>
    public int[] Chosen { get; } = new int[GraphShape.GreatestHeight];

    public Span<int> ChosenAt(int level) => _chosen.AsSpan(level * GraphShape.BaseLinks, GraphShape.BaseLinks);

    public void Dispose()
    {
        NativeMemory.AlignedFree(Query);
        Query = null;
    }
}
