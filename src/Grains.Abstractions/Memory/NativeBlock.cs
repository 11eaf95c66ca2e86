using System.Runtime.InteropServices;

namespace ImageSearch.Memory;

/// <summary>A block of native memory that counts against a <see cref="ByteBudget"/> until it is freed.</summary>
internal sealed unsafe class NativeBlock(ByteBudget budget) : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
{
    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The first byte; null before the first growth.</summary>
    internal byte* Start => (byte*)handle;

    /// <summary>The size in bytes.</summary>
    internal int Capacity { get; private set; }

    /// <summary>Enlarges the block, which may move it.</summary>
    /// <returns>False if the budget or the machine is out of memory; the block is unchanged.</returns>
    internal bool TryGrow(int capacity)
    {
        if (!budget.TryTake(capacity - Capacity)) return false;
        try
        {
            SetHandle((nint)NativeMemory.Realloc(Start, (nuint)capacity));
        }
        catch (OutOfMemoryException)
        {
            budget.Return(capacity - Capacity);
            return false;
        }

        if (Capacity > 0) GC.RemoveMemoryPressure(Capacity);
        GC.AddMemoryPressure(capacity);
        Capacity = capacity;
        return true;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.Free(Start);
        GC.RemoveMemoryPressure(Capacity);
        budget.Return(Capacity);
        return true;
    }
}
