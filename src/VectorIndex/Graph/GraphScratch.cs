using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>Buffers of a graph search, reused by the next one.</summary>
internal unsafe class GraphScratch
{
    private float[] _rotated = [];
    private ulong[] _planes = [];

    public Beam Beam { get; } = new();

    public VisitedSlots Visited { get; } = new();

    /// <summary>A buffer for the rotated query, <see cref="RowCode.StrideOf"/> values.</summary>
    public Span<float> Rotated(int stride)
    {
        if (_rotated.Length < stride)
        {
            _rotated = new float[stride];
            // Pinned: the kernel reads it by pointer.
            _planes = GC.AllocateUninitializedArray<ulong>(stride / 64 * SketchDot.Planes, pinned: true);
        }

        return _rotated.AsSpan(0, stride);
    }

    public ulong* Planes => (ulong*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_planes, 0);
}
