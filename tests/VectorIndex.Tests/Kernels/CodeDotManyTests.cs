using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Tests.Kernels;

public sealed unsafe class CodeDotManyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    public void Each_query_has_the_inner_product_that_it_has_alone(int queries)
    {
        foreach (KernelInputs.Shape shape in Enum.GetValues<KernelInputs.Shape>())
        {
            KernelInput input = KernelInputs.Of(576, shape, seed: 3);
            KernelInput[] others = [.. Enumerable.Range(0, queries).Select(seed => KernelInputs.Of(576, shape, seed))];
            short[] values = GC.AllocateArray<short>(queries * input.Length, pinned: true);
            var pointers = new nint[queries];
            var dots = new int[queries];
            fixed (sbyte* code = input.Code)
            fixed (short* first = values)
            {
                for (int i = 0; i < queries; i++)
                {
                    others[i].Query.CopyTo(values, i * input.Length);
                    pointers[i] = (nint)(first + (i * input.Length));
                    CodeDot.Arrange((short*)pointers[i], input.Length);
                }

                CodeDotMany.Of(pointers, code, input.Length, dots);
                for (int i = 0; i < queries; i++)
                    dots[i].ShouldBe(CodeDot.Of((short*)pointers[i], code, input.Length));
            }
        }
    }
}
