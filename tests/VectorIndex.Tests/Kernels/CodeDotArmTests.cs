using FsCheck;
using FsCheck.Fluent;
using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Tests.Kernels;

/// <summary>
/// The splitting of query values by the Arm kernel, which runs on any processor, and the kernel itself where it is supported.
/// </summary>
public sealed unsafe class CodeDotArmTests
{
    private const int Group = 16;

    [Fact]
    public void The_parts_of_a_value_recombine_to_it() => Prop
        .ForAll(KernelInputs.Any, input => Recombined(input.Query).SequenceEqual(input.Query))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_value_that_a_query_can_have_is_split_without_loss()
    {
        const int Max = QueryCode.MaxValue;
        short[] values = [.. Enumerable.Range(-Max, (2 * Max) + 1).Select(value => (short)value)];
        Array.Resize(ref values, (values.Length + Group - 1) / Group * Group);
        Recombined(values).ShouldBe(values);
    }

    [Fact]
    public void The_products_of_the_parts_add_up_to_the_inner_product() => Prop
        .ForAll(KernelInputs.Any, input => DotOfParts(input) == Dot(input))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void The_kernel_agrees_with_the_scalar_definition_where_it_is_supported() => Prop
        .ForAll(KernelInputs.Any, input => !CodeDotArm.IsSupported || WithKernel(input) == Dot(input))
        .QuickCheckThrowOnFailure();

    private static short[] Recombined(short[] values)
    {
        sbyte[] parts = Split(values);
        return [.. values.Select((_, i) => (short)((128 * parts[HighAt(i)]) + parts[HighAt(i) + Group]))];
    }

    private static int DotOfParts(KernelInput input)
    {
        sbyte[] parts = Split(input.Query);
        long high = 0, low = 0;
        for (int i = 0; i < input.Length; i++)
        {
            high += parts[HighAt(i)] * input.Code[i];
            low += parts[HighAt(i) + Group] * input.Code[i];
        }

        // The kernel keeps each sum in 32 bits. Multiplying by 128 may wrap around; adding the low sum wraps back.
        return unchecked((checked((int)high) * 128) + checked((int)low));
    }

    private static int HighAt(int value) => (value / Group * 2 * Group) + (value % Group);

    private static sbyte[] Split(short[] values)
    {
        short[] split = [.. values];
        fixed (short* query = split)
        {
            CodeDotArm.Arrange(query, split.Length);
            return new ReadOnlySpan<sbyte>(query, 2 * split.Length).ToArray();
        }
    }

    private static int Dot(KernelInput input)
    {
        fixed (short* query = input.Query)
        fixed (sbyte* code = input.Code)
            return CodeDotScalar.Of(query, code, input.Length);
    }

    private static int WithKernel(KernelInput input)
    {
        short[] split = [.. input.Query];
        fixed (short* query = split)
        fixed (sbyte* code = input.Code)
        {
            CodeDotArm.Arrange(query, split.Length);
            return CodeDotArm.Of(query, code, input.Length);
        }
    }
}
