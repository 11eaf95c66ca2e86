using ImageSearch.Client.Tables;
using ImageSearch.Pages.Items;

namespace ImageSearch.Pages.Tests.Items;

/// <summary>The order of items in an address.</summary>
public sealed class ItemOrderTests
{
    [Theory]
    [InlineData("price")]
    [InlineData("price desc")]
    [InlineData("id desc")]
    public void An_order_is_read_as_it_is_written(string text) => ItemOrder.Of(text).ToText().ShouldBe(text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("id")]
    public void The_default_order_is_not_written(string? text) => ItemOrder.Of(text).ToText().ShouldBeNull();

    [Fact]
    public void Items_are_ordered_by_indexed_attributes_that_are_no_lists() =>
        ItemOrder.ChoicesOf(
            [
                AttributeDefinition.Of("price", AttributeType.Number),
                AttributeDefinition.Of("colours", AttributeType.StringList),
                new AttributeDefinition { Name = "note", Type = AttributeType.String, Indexed = false },
            ])
            .Select(choice => choice.Value).ShouldBe(["id", "created", "modified", "key", "product_id", "price"]);
}
