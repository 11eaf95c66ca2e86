using ImageSearch.Pages.Searching;
using ImageSearch.Pages.Searching.Inputs;

namespace ImageSearch.Pages.Tests.Searching;

/// <summary>What is searched by.</summary>
public sealed class SearchSubjectTests
{
    private static readonly SearchSubject ByPicture = SearchSubject.Of(new PickedUrl("https://shop.example/a.jpg"));

    private static ItemLabel Item(long id) => new(id, $"item {id}", null);

    [Fact]
    public void More_like_an_item_searches_by_it_alone()
    {
        var subject = ByPicture.LessLike(Item(1)).Like(Item(2));
        subject.IsByPicture.ShouldBeFalse();
        subject.Unlike.ShouldBeEmpty();
    }

    [Fact]
    public void Without_the_item_the_picture_is_searched_by_again() => (ByPicture.Like(Item(2)) with { Item = null }).IsByPicture.ShouldBeTrue();

    [Fact]
    public void An_item_is_a_negative_example_once() => ByPicture.LessLike(Item(1)).LessLike(Item(1)).Unlike.Count.ShouldBe(1);

    [Fact]
    public async Task There_are_no_more_examples_than_the_service_takes()
    {
        var subject = Enumerable.Range(1, 20).Aggregate(ByPicture, (before, id) => before.LessLike(Item(id)));
        var examples = await subject.ToExamplesAsync(default);
        examples.Count.ShouldBe(16);
        examples.Count(example => example.IsNegative).ShouldBe(15);
    }

    [Theory]
    [InlineData(null, 20)]
    [InlineData("5", 5)]
    [InlineData("100000", 100)]
    [InlineData("0", 1)]
    [InlineData("-5", 20)]
    [InlineData("<b>", 20)]
    public void A_link_never_asks_for_more_than_a_page(string? text, int limit) => SearchAddress.LimitOf(text).ShouldBe(limit);

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("1 OR 1")]
    public void A_link_names_an_item_by_its_id_or_not_at_all(string? text) => SearchAddress.ItemOf(text).ShouldBeNull();
}
