using System.Numerics;

namespace ImageSearch.VectorIndex;

/// <summary>
/// A fixed number of slots and their vectors. An index grows by whole blocks, so growing copies no vector. Pages of a block that hold no
/// vector yet take no memory. The memory may be read only under a snapshot and written only by the store.
/// </summary>
internal sealed unsafe class VectorBlock : IDisposable
{
    public const int SlotBits = 10;
    public const int SlotCount = 1 << SlotBits;

    private readonly NativeVectors _vectors;
    private readonly float* _start;
    private readonly int _dimension;
    private readonly int _stride;

    public VectorBlock(int dimension)
    {
        _dimension = dimension;
        _stride = StrideOf(dimension);
        _vectors = new NativeVectors(checked(SlotCount * _stride));
        _start = _vectors.Start;
    }

    public bool IsDisposed => _vectors.IsClosed;

    public Slot[] Slots { get; } = new Slot[SlotCount];

    /// <summary>Floats from one vector to the next. Padding with zeros spares the kernels their tails; 512, 1280 and 2048 need none.</summary>
    public static int StrideOf(int dimension)
    {
        int step = Vector<float>.Count * DotProduct.VectorsPerStep;
        return (dimension + step - 1) / step * step;
    }

    public float* VectorAt(int place) => _start + ((nint)place * _stride);

    public void Write(int place, ReadOnlySpan<float> vector)
    {
        var room = new Span<float>(VectorAt(place), _stride);
        vector.CopyTo(room);
        room[_dimension..].Clear();
    }

    public void Dispose() => _vectors.Dispose();
}
