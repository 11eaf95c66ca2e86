using System.Runtime.InteropServices;
using ImageSearch.VectorIndex.Codes;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>Buffers of a graph search, reused by the next one.</summary>
internal unsafe class GraphScratch
{
    private float[] _rotated = [];
    private byte[] _planes = [];
    private int[] _slots = [];

    public Beam Beam { get; } = new();

    public VisitedSlots Visited { get; } = new();

    /// <summary>The memory for the planes of a query; valid after <see cref="Rotated"/>.</summary>
    public byte* Planes => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_planes, 0);

    /// <summary>A buffer for a rotated query of <see cref="RowCode.StrideOf"/> values.</summary>
    public Span<float> Rotated(int stride)
    {
        if (_rotated.Length < stride)
        {
            _rotated = new float[stride];
            // Pinned: the kernel reads them by pointer.
            _planes = GC.AllocateUninitializedArray<byte>(SketchQuery.PlaneBytes(stride), pinned: true);
        }

        return _rotated.AsSpan(0, stride);
    }

    public Span<int> Slots(int count)
    {
        if (_slots.Length < count)
            _slots = new int[count];
        return _slots.AsSpan(0, count);
    }
}
