using System.Numerics;
using System.Runtime.InteropServices;
using ImageSearch.VectorIndex.Kernels;
using ImageSearch.VectorIndex.Snapshots;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.VectorIndex.Rows;

/// <summary>
/// The float32 vectors, from which final distances are computed. Those of the first blocks are in memory, the others in a file if there is
/// one. The file is not memory-mapped: its pages count as system cache, not as memory of the process, and a full or broken disk throws an
/// exception instead of killing the process. The checksum of a vector that an earlier run wrote is verified when it is first read.
/// </summary>
/// <param name="dimension">Number of values in a vector.</param>
/// <param name="file">The file; null to keep all vectors in memory.</param>
/// <param name="folderLock">The lock file of the folder, held open until this object is disposed.</param>
internal sealed unsafe class ExactVectors(int dimension, SafeFileHandle? file, SafeFileHandle? folderLock = null) : IDisposable
{
    /// <summary>Number of blocks whose vectors stay in memory: an index of 1,000 rows does not use the file.</summary>
    public const int BlocksInMemory = 1;

    private readonly int _bytes = dimension * sizeof(float);

    /// <summary>Floats from one vector in memory to the next. Dimensions 512, 1280 and 2048 need no padding.</summary>
    public int Stride { get; } = StrideOf(dimension);

    public static int StrideOf(int dimension)
    {
        int step = Vector<float>.Count * DotProduct.VectorsPerStep;
        return (dimension + step - 1) / step * step;
    }

    public bool IsInMemory(int block) => file is null || block < BlocksInMemory;

    /// <summary>The number of blocks whose vectors are in memory, out of a total.</summary>
    public int CountInMemory(int blocks) => file is null ? blocks : Math.Min(blocks, BlocksInMemory);

    /// <summary>The bytes of a slot's vector; empty if it is in the file.</summary>
    public Span<byte> InMemory(Block* blocks, int slot) => IsInMemory(slot >> Block.SlotBits)
        ? new Span<byte>(blocks[slot >> Block.SlotBits].Vectors + ((nint)(slot & Block.SlotMask) * Stride), _bytes)
        : default;

    public void Write(Block* blocks, int slot, ReadOnlySpan<float> vector)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(vector);
        if (IsInMemory(slot >> Block.SlotBits))
        {
            bytes.CopyTo(InMemory(blocks, slot));
            return;
        }

        RandomAccess.Write(file!, bytes, OffsetOf(slot));
        Block* block = blocks + (slot >> Block.SlotBits);
        int index = slot & Block.SlotMask;
        block->Checksums[index] = Checksum.Of(bytes);
        Interlocked.And(ref block->Unverified[index >> 6], ~(1UL << index));
    }

    /// <summary>Marks a vector that an earlier run wrote to the file.</summary>
    public void MarkUnverified(Block* blocks, int slot)
    {
        if (!IsInMemory(slot >> Block.SlotBits))
            blocks[slot >> Block.SlotBits].Unverified[(slot & Block.SlotMask) >> 6] |= 1UL << slot;
    }

    /// <summary>Reads a slot's vector, padded with zeros; null if the file is damaged.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="slot">A slot in use.</param>
    /// <param name="buffer"><see cref="Stride"/> floats, with zeros after the dimension; used if the vector is in the file.</param>
    public float* Read(Block* blocks, int slot, float* buffer)
    {
        Block* block = blocks + (slot >> Block.SlotBits);
        int index = slot & Block.SlotMask;
        if (IsInMemory(slot >> Block.SlotBits))
            return block->Vectors + ((nint)index * Stride);

        var bytes = new Span<byte>(buffer, _bytes);
        if (RandomAccess.Read(file!, bytes, OffsetOf(slot)) < _bytes)
            return null;
        ref ulong unverified = ref block->Unverified[index >> 6];
        if ((Volatile.Read(ref unverified) & (1UL << index)) != 0)
        {
            if (Checksum.Of(bytes) != block->Checksums[index])
                return null;
            Interlocked.And(ref unverified, ~(1UL << index));
        }

        return buffer;
    }

    /// <summary>Flushes the file to disk.</summary>
    public void Flush()
    {
        if (file is not null)
            RandomAccess.FlushToDisk(file);
    }

    /// <summary>Truncates the file.</summary>
    public void Clear()
    {
        if (file is not null)
            RandomAccess.SetLength(file, 0);
    }

    public void Dispose()
    {
        file?.Dispose();
        folderLock?.Dispose();
    }

    private long OffsetOf(int slot) => (long)(slot - (BlocksInMemory << Block.SlotBits)) * _bytes;
}
