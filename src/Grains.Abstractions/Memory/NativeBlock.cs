using System.Runtime.InteropServices;

namespace ImageSearch.Memory;

/// <summary>A block of native memory that counts against a <see cref="ByteBudget"/> until it is freed.</summary>
internal sealed unsafe class NativeBlock(ByteBudget budget) : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
{
    private int _reported;

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

        Capacity = capacity;
        return true;
    }

    /// <summary>
    /// Reports the bytes to the garbage collector, which alone will free them. A block that its owner frees is not reported: 40 uploads of
    /// 5 MB caused 40 full collections.
    /// </summary>
    internal void LeaveToCollector()
    {
        if (IsClosed || _reported > 0 || Capacity == 0) return;
        _reported = Capacity;
        GC.AddMemoryPressure(_reported);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.Free(Start);
        if (_reported > 0) GC.RemoveMemoryPressure(_reported);
        budget.Return(Capacity);
        return true;
    }
}
