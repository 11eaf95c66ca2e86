using System.Runtime.Intrinsics.X86;

namespace ImageSearch.Embedding.Inference;

/// <summary>
/// Whether this processor accumulates products of 8-bit integers in 32 bits: x86 with VNNI, and every Arm with the instructions that ONNX
/// Runtime uses.
/// </summary>
internal static class ExactInt8
{
    private const int Avx512VnniBit = 11;

    internal static bool IsSupported { get; } = !X86Base.IsSupported || AvxVnni.IsSupported || HasAvx512Vnni();

    // CPUID leaf 7, ECX. .NET has no class for it. The operating system must have enabled AVX-512 as well.
    private static bool HasAvx512Vnni() =>
        Avx512F.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 && (X86Base.CpuId(7, 0).Ecx & (1 << Avx512VnniBit)) != 0;
}
