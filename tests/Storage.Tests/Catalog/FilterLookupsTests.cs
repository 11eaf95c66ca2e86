using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog.Attributes;

namespace ImageSearch.Storage.Tests.Catalog;

public sealed class FilterLookupsTests
{
    private static readonly Filter Brand = Fields.Is(Fields.Brand, "acme");
    private static readonly Filter AtLeast = Fields.Compare(Fields.Price, Relation.GreaterOrEqual, 1);
    private static readonly Filter Below = Fields.Compare(Fields.Price, Relation.Less, 9);

    [Fact]
    public void Bounds_of_one_attribute_are_one_range() =>
        Of(Fields.All(AtLeast, Below, Fields.Compare(Fields.Price, Relation.Less, 5), new Exists(Fields.Of(Fields.Price))))
            .ShouldBe(new RangeLookup("price", IsText: false, new ValueBound(IndexedValue.Of(1), true), new ValueBound(IndexedValue.Of(5), false)));

    [Fact]
    public void A_conjunction_within_a_conjunction_is_part_of_it()
    {
        var terms = Of(Fields.All(Fields.All(Brand, AtLeast), Below)).ShouldBeOfType<AllLookups>().Terms;

        terms.Count.ShouldBe(2);
        terms[1].ShouldBe(Of(Fields.All(AtLeast, Below)));
    }

    [Fact]
    public void A_part_that_no_index_serves_is_left_out_of_a_conjunction() =>
        Of(Fields.All(Fields.Not(Brand), AtLeast)).ShouldBe(Of(AtLeast));

    [Fact]
    public void A_part_that_no_index_serves_makes_a_disjunction_unusable() => Of(Fields.Any(Brand, Fields.Not(AtLeast))).ShouldBeNull();

    [Fact]
    public void A_conjunction_of_such_parts_is_unusable() => Of(Fields.All(Fields.Not(Brand), new Has(Fields.Tags, "x"))).ShouldBeNull();

    [Fact]
    public void An_index_that_is_not_complete_is_not_used() =>
        FilterLookups.Of(Fields.All(Brand, AtLeast), field => field.Attribute?.Name == "price").ShouldBe(Of(AtLeast));

    [Fact]
    public void Ids_that_a_number_can_t_tell_apart_are_not_looked_up()
    {
        Of(Fields.Is(Fields.Id, FilterValue.Of(9_007_199_254_740_991))).ShouldBeOfType<IdLookup>().Ids.ShouldBe([9_007_199_254_740_991]);
        Of(Fields.Is(Fields.Id, FilterValue.Of(9_007_199_254_740_992))).ShouldBeNull();
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("a\U0010FFFF", "b")]
    [InlineData("\uD7FF", "\uE000")]
    [InlineData("\uFFFF", "\U00010000")]
    [InlineData("\U0010FFFF", null)]
    public void The_range_of_a_prefix_ends_before_the_next_text_that_does_not_have_it(string prefix, string? end)
    {
        var range = Of(new StartsWith(Fields.Key, prefix)).ShouldBeOfType<RangeLookup>();

        range.From.ShouldBe(new ValueBound(IndexedValue.Of(prefix), true));
        range.To.ShouldBe(end is null ? null : new ValueBound(IndexedValue.Of(end), false));
    }

    [Fact]
    public void A_prefix_that_ends_in_half_a_character_is_not_looked_up() => Of(new StartsWith(Fields.Key, "a\uD83D")).ShouldBeNull();

    private static IndexLookup? Of(Filter filter) => FilterLookups.Of(filter, _ => true);
}
