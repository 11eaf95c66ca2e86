using System.Numerics;
using System.Runtime.InteropServices;
using ImageSearch.VectorIndex.Kernels;
using ImageSearch.VectorIndex.Snapshots;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.VectorIndex.Rows;

/// <summary>
/// The float32 vectors that final distances are computed from. Those of the first blocks lie in memory, the others in a file where there
/// is one. The file is read and written by calls, not mapped: its pages then count as the system's cache, not as the process's memory, and
/// a full or broken disk gives an exception where a mapping would end the process. What an earlier run wrote is compared with its checksum
/// when it is read first.
/// </summary>
/// <param name="dimension">Values in a vector.</param>
/// <param name="file">The file; null keeps all in memory.</param>
/// <param name="use">A file that says that the folder is in use, for as long as it is open.</param>
internal sealed unsafe class ExactVectors(int dimension, SafeFileHandle? file, SafeFileHandle? use = null) : IDisposable
{
    /// <summary>Blocks whose vectors stay in memory although there is a file: a table of 1,000 rows needs none.</summary>
    public const int BlocksInMemory = 1;

    private readonly int _bytes = dimension * sizeof(float);

    /// <summary>Floats from one vector in memory to the next; 512, 1280 and 2048 need no padding.</summary>
    public int Stride { get; } = StrideOf(dimension);

    public static int StrideOf(int dimension)
    {
        int step = Vector<float>.Count * DotProduct.VectorsPerStep;
        return (dimension + step - 1) / step * step;
    }

    public bool IsInMemory(int block) => file is null || block < BlocksInMemory;

    /// <summary>Of so many blocks, those whose vectors are in memory.</summary>
    public int BlocksHeld(int blocks) => file is null ? blocks : Math.Min(blocks, BlocksInMemory);

    /// <summary>The bytes of a slot's vector; empty where it is in the file.</summary>
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
        int place = slot & Block.SlotMask;
        block->Checksums[place] = Checksum.Of(bytes);
        Interlocked.And(ref block->Doubtful[place >> 6], ~(1UL << place));
    }

    /// <summary>The slot's vector in the file comes from an earlier run.</summary>
    public void Doubt(Block* blocks, int slot)
    {
        if (!IsInMemory(slot >> Block.SlotBits))
            blocks[slot >> Block.SlotBits].Doubtful[(slot & Block.SlotMask) >> 6] |= 1UL << slot;
    }

    /// <summary>A slot's vector, padded with zeros; null where the file does not have what was written.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="slot">A slot in use.</param>
    /// <param name="room"><see cref="Stride"/> floats, all zeros behind the dimension; used where the vector is in the file.</param>
    public float* Read(Block* blocks, int slot, float* room)
    {
        Block* block = blocks + (slot >> Block.SlotBits);
        int place = slot & Block.SlotMask;
        if (IsInMemory(slot >> Block.SlotBits))
            return block->Vectors + ((nint)place * Stride);

        var bytes = new Span<byte>(room, _bytes);
        if (RandomAccess.Read(file!, bytes, OffsetOf(slot)) < _bytes)
            return null;
        ref ulong doubtful = ref block->Doubtful[place >> 6];
        if ((Volatile.Read(ref doubtful) & (1UL << place)) != 0)
        {
            if (Checksum.Of(bytes) != block->Checksums[place])
                return null;
            Interlocked.And(ref doubtful, ~(1UL << place));
        }

        return room;
    }

    /// <summary>Makes everything written durable.</summary>
    public void Flush()
    {
        if (file is not null)
            RandomAccess.FlushToDisk(file);
    }

    /// <summary>Forgets what the file holds.</summary>
    public void Clear()
    {
        if (file is not null)
            RandomAccess.SetLength(file, 0);
    }

    public void Dispose()
    {
        file?.Dispose();
        use?.Dispose();
    }

    private long OffsetOf(int slot) => (long)(slot - (BlocksInMemory << Block.SlotBits)) * _bytes;
}
