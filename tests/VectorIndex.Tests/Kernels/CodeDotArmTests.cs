using FsCheck;
using FsCheck.Fluent;
using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Tests.Kernels;

/// <summary>How the kernel for Arm splits a query's values; that part is plain code and runs anywhere.</summary>
public sealed unsafe class CodeDotArmTests
{
    private const int Group = 16;

    [Fact]
    public void The_parts_of_each_value_give_it_back() => Prop
        .ForAll(KernelInputs.Any, input => Recombined(input.Query).SequenceEqual(input.Query))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_value_that_a_query_may_hold_is_given_back()
    {
        const int Greatest = QueryCode.GreatestValue;
        short[] values = [.. Enumerable.Range(-Greatest, (2 * Greatest) + 1).Select(value => (short)value)];
        Array.Resize(ref values, (values.Length + Group - 1) / Group * Group);
        Recombined(values).ShouldBe(values);
    }

    [Fact]
    public void Products_of_the_parts_add_up_to_the_definition() => Prop
        .ForAll(KernelInputs.Any, input => DotOfParts(input) == Dot(input))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Where_the_processor_has_it_the_kernel_gives_what_the_definition_gives() => Prop
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

        // The kernel keeps either sum in 32 bits, which it must fit. What 128 takes over them comes back with the low ones' sum.
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
