using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.VectorIndex.Memory;

/// <summary>
/// Zeroed native memory, aligned to <see cref="Alignment"/> and freed by the finalizer at the latest. On Linux it is mapped: pages that
/// were never written take no memory, and freeing returns all of it to the system, which a heap does not guarantee. Large allocations ask
/// for huge pages because a graph search reads at random addresses: with 4 KiB pages it would be bound by TLB misses.
/// </summary>
internal sealed unsafe partial class NativePages : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>The size of a huge page on x64 and Arm; smaller allocations are aligned to a cache line at least.</summary>
    public const int Alignment = 2 << 20;

    private const int CacheLine = 64;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private const int AdviceHugePage = 14;

    private readonly nint _mapped;
    private readonly nuint _mappedBytes;

    public NativePages(nuint bytes)
        : base(ownsHandle: true)
    {
        if (!OperatingSystem.IsLinux())
        {
            SetHandle((nint)NativeMemory.AlignedAlloc(bytes, CacheLine));
            NativeMemory.Clear((void*)handle, bytes);
            return;
        }

        bool huge = bytes >= 2 * Alignment;
        _mappedBytes = huge ? bytes + Alignment : bytes;
        _mapped = Map(0, _mappedBytes, ReadWrite, PrivateAnonymous, -1, 0);
        if (_mapped == -1)
            throw new InsufficientMemoryException($"The system could not allocate {bytes:N0} bytes of memory for vectors.");
        SetHandle(huge ? (_mapped + Alignment - 1) & ~(nint)(Alignment - 1) : _mapped);
        if (huge)
            _ = Advise(handle, bytes, AdviceHugePage); // Best effort: without huge pages it is only slower.
    }

    public byte* Start => (byte*)handle;

    protected override bool ReleaseHandle()
    {
        if (_mappedBytes == 0)
            NativeMemory.AlignedFree((void*)handle);
        else
            return Unmap(_mapped, _mappedBytes) == 0;
        return true;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint address, nuint length, int advice);
}
