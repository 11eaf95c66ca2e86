using FsCheck;
using FsCheck.Fluent;

namespace ImageSearch.Filtering.Tests;

public sealed class ItemMatcherTests
{
    [Fact]
    public void A_filter_matches_what_its_definition_says()
    {
        var matches = 0;
        var tests = 0;
        Prop.ForAll(Generators.Filter.ToArbitrary(), Generators.Item.ListOf().ToArbitrary(), (filter, items) =>
        {
            var matcher = ItemMatcher.Compile(filter);
            foreach (var item in items)
            {
                var expected = Oracle.Holds(filter, item);
                matcher.Matches(item.Item).ShouldBe(expected, $"{FilterText.Write(filter)} on {item}");
                tests++;
                if (expected) matches++;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
        ((double)matches / tests).ShouldBeInRange(0.1, 0.9, "the random filters must neither match nearly all nor nearly no items");
    }

    [Theory]
    [InlineData("price = 1", false)]
    [InlineData("price != 1", true)]
    [InlineData("price < 1 OR price >= 1", false)]
    [InlineData("NOT price IN (1, 2)", true)]
    [InlineData("price EXISTS", false)]
    [InlineData("NOT brand EXISTS", true)]
    [InlineData("colors HAS \"red\"", false)]
    [InlineData("brand STARTS WITH \"a\"", false)]
    public void A_comparison_with_a_missing_value_is_false(string filter, bool expected)
    {
        ItemMatcher.Compile(Samples.Parse(filter)).Matches(Samples.ItemWith()).ShouldBe(expected);
        ItemMatcher.Compile(Samples.Parse(filter)).Matches(Samples.ItemWith("""{"brand":"","price":"1","colors":[]}""")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("summer,sale", true)]
    [InlineData("summer sale", true)]
    [InlineData("夏季；sale，新", true)]
    [InlineData("summer　sale", true)]
    [InlineData("a;sale\n", true)]
    [InlineData("sale", true)]
    [InlineData("sales", false)]
    [InlineData("Sale", false)]
    [InlineData("on-sale", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void HAS_finds_a_whole_part_of_tags(string? tags, bool expected) =>
        ItemMatcher.Compile(Samples.Parse("tags HAS \"sale\"")).Matches(Samples.ItemWith(tags: tags)).ShouldBe(expected);

    [Theory]
    [InlineData("～", "😀")]
    [InlineData("\uE000", "\U00010000")]
    [InlineData("\uFFFF", "\U0010FFFF")]
    [InlineData("a", "ab")]
    [InlineData("\uD7FF", "\uE000")]
    public void Texts_are_in_the_order_of_code_points_in_fields_and_in_attributes(string less, string greater)
    {
        Holds($"key < \"{greater}\"", Samples.ItemWith(key: less)).ShouldBeTrue();
        Holds($"key > \"{less}\"", Samples.ItemWith(key: greater)).ShouldBeTrue();
        Holds($"brand < \"{greater}\"", Samples.ItemWith($$"""{"brand":"{{less}}"}""")).ShouldBeTrue();
        Holds($"brand > \"{less}\"", Samples.ItemWith($$"""{"brand":"{{greater}}"}""")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("created = \"2026-11-01T10:00:00Z\"")]
    [InlineData("modified = \"2026-11-02T18:00:00.5+08:00\"")]
    [InlineData("created >= \"2026-11-01\" AND created < \"2026-11-02\"")]
    public void Dates_of_items_are_in_UTC(string filter) => Holds(filter, Samples.ItemWith()).ShouldBeTrue();

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("not JSON")]
    [InlineData("{\"brand\":\"\\ud83d\",\"price\":1}")]
    public void Attributes_that_can_not_be_read_are_none(string attributes) =>
        Holds("NOT brand EXISTS", Samples.ItemWith(attributes)).ShouldBeTrue();

    [Fact]
    public void Attributes_of_any_length_are_read()
    {
        var filler = new string('x', 60_000);
        Holds("price = 2 AND brand STARTS WITH \"xx\"", Samples.ItemWith($$"""{"brand":"{{filler}}","price":2}""")).ShouldBeTrue();
    }

    [Fact]
    public void A_test_allocates_nothing()
    {
        var item = Samples.ItemWith("""{"brand":"acme","price":120,"in_stock":true,"released":"2026-11-01T10:00:00.000Z","colors":["red","blue"]}""", "sale,new", "k1");
        var matcher = ItemMatcher.Compile(Samples.Parse(
            "price >= 100 AND brand IN (\"b\", \"acme\") AND colors HAS \"blue\" AND in_stock = true AND released > \"2026-01-01\" AND created > \"2026-01-01\" AND tags HAS \"new\" AND key STARTS WITH \"k\""));
        matcher.Matches(item).ShouldBeTrue();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) matcher.Matches(item);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000, "bytes for 1,000 tests");
    }

    private static bool Holds(string filter, Item item) => ItemMatcher.Compile(Samples.Parse(filter)).Matches(item);
}
