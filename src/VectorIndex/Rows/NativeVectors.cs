using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.VectorIndex;

/// <summary>Native memory for vectors, aligned to cache lines; freed at the latest when nothing refers to it any more.</summary>
internal sealed unsafe class NativeVectors : SafeHandleZeroOrMinusOneIsInvalid
{
    public const int Alignment = 64;

    public NativeVectors(int floats)
        : base(ownsHandle: true)
        => SetHandle((nint)NativeMemory.AlignedAlloc((nuint)floats * sizeof(float), Alignment));

    public float* Start => (float*)handle;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
