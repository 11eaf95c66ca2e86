using FsCheck;
using FsCheck.Fluent;

namespace ImageSearch.VectorIndex.Tests;

public sealed class RowFilterTests
{
    [Fact]
    public void A_filter_allows_exactly_its_ids()
    {
        Gen<long> near = Gen.Choose(-300, 300).Select(id => (long)id);
        Gen<long> far = Gen.Elements(long.MinValue, long.MinValue + 1, -1, 0, 1, 1L << 40, long.MaxValue - 1, long.MaxValue);
        Gen<long> ids = Gen.Frequency((20, near), (1, far));
        Prop.ForAll(Gen.ListOf(ids).ToArbitrary(), Gen.ListOf(ids).ToArbitrary(), (allowed, others) =>
        {
            var filter = new RowFilter([.. allowed]);
            filter.Count.ShouldBe(allowed.Distinct().Count());
            foreach (long id in others.Concat(allowed))
                filter.Allows(id).ShouldBe(allowed.Contains(id));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public void A_filter_without_ids_allows_no_row(long id) => new RowFilter([]).Allows(id).ShouldBeFalse();
}
