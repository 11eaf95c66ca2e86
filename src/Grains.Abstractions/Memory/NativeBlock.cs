using System.Runtime.InteropServices;

namespace ImageSearch.Memory;

/// <summary>A block of the C library's memory that counts in a <see cref="ByteBudget"/> for as long as it lives.</summary>
internal sealed unsafe class NativeBlock(ByteBudget budget) : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
{
    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The first byte; null before it has grown.</summary>
    internal byte* Start => (byte*)handle;

    /// <summary>Its length in bytes.</summary>
    internal int Capacity { get; private set; }

    /// <summary>Makes it larger, which may move it.</summary>
    /// <returns>False where the budget or the machine has no room; it stays as it was.</returns>
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
