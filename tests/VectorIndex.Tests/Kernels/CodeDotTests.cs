using FsCheck;
using FsCheck.Fluent;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Tests.Kernels;

/// <summary>Each kernel that this processor supports, against the scalar definition in checked integers.</summary>
public sealed unsafe class CodeDotTests
{
    private static readonly Dictionary<string, (bool IsSupported, Kernel Kernel)> All = new()
    {
        ["AVX-512"] = (CodeDotAvx512.IsSupported, CodeDotAvx512.Of),
        ["AVX-VNNI"] = (CodeDotAvxVnni.IsSupported, CodeDotAvxVnni.Of),
        ["AVX2"] = (CodeDotAvx2.IsSupported, CodeDotAvx2.Of),
        ["portable"] = (true, CodeDotPortable.Of),
    };

    private delegate int Kernel(short* query, sbyte* code, int length);

    public static TheoryData<string> Supported => [.. All.Where(kernel => kernel.Value.IsSupported).Select(kernel => kernel.Key)];

    [Theory]
    [MemberData(nameof(Supported))]
    public void A_kernel_agrees_with_the_scalar_definition(string name) => Prop
        .ForAll(KernelInputs.Any, input => With(All[name].Kernel, input) == With(CodeDotScalar.Of, input))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void The_selected_kernel_agrees_with_the_scalar_definition_on_an_arranged_query() => Prop
        .ForAll(KernelInputs.Any, input => Arranged(input) == With(CodeDotScalar.Of, input))
        .QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Supported))]
    public void The_longest_vector_of_extreme_values_does_not_overflow(string name)
    {
        foreach (var shape in (KernelInputs.Shape[])[KernelInputs.Shape.MaxSum, KernelInputs.Shape.MinSum])
        {
            KernelInput input = KernelInputs.Of(65_536, shape, seed: 1);
            long expected = (shape == KernelInputs.Shape.MinSum ? -1L : 1L) * 65_536 * input.Bound * 127;
            ((long)With(All[name].Kernel, input)).ShouldBe(expected);
        }
    }

    private static int With(Kernel kernel, KernelInput input)
    {
        fixed (short* query = input.Query)
        fixed (sbyte* code = input.Code)
            return kernel(query, code, input.Length);
    }

    private static int Arranged(KernelInput input)
    {
        short[] arranged = [.. input.Query];
        fixed (short* query = arranged)
        fixed (sbyte* code = input.Code)
        {
            CodeDot.Arrange(query, input.Length);
            return CodeDot.Of(query, code, input.Length);
        }
    }
}
