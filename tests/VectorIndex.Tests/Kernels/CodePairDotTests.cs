using FsCheck;
using FsCheck.Fluent;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Tests.Kernels;

public sealed unsafe class CodePairDotTests
{
    [Fact]
    public void The_selected_kernel_agrees_with_the_scalar_definition() => Prop
        .ForAll(KernelInputs.Any, KernelInputs.Any, (one, other) => With(CodePairDot.Of, one, other) == With(Definition, one, other))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void The_portable_kernel_agrees_with_the_scalar_definition() => Prop
        .ForAll(KernelInputs.Any, KernelInputs.Any, (one, other) => With(CodePairDot.Portable, one, other) == With(Definition, one, other))
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(127)]
    [InlineData(-127)]
    public void The_longest_codes_of_extreme_values_do_not_overflow(int value)
    {
        sbyte[] first = [.. Enumerable.Repeat((sbyte)127, 65_536)];
        sbyte[] second = [.. Enumerable.Repeat((sbyte)value, 65_536)];
        fixed (sbyte* a = first, b = second)
        {
            CodePairDot.Of(a, b, first.Length).ShouldBe(127 * value * 65_536);
            CodePairDot.Portable(a, b, first.Length).ShouldBe(127 * value * 65_536);
        }
    }

    private delegate int Kernel(sbyte* first, sbyte* second, int length);

    private static int With(Kernel kernel, KernelInput one, KernelInput other)
    {
        fixed (sbyte* first = one.Code, second = other.Code)
            return kernel(first, second, Math.Min(one.Length, other.Length));
    }

    private static int Definition(sbyte* first, sbyte* second, int length)
    {
        int sum = 0;
        for (int i = 0; i < length; i++)
            sum = checked(sum + (first[i] * second[i]));
        return sum;
    }
}
