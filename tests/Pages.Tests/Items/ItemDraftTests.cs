using ImageSearch.Client.Items;
using ImageSearch.Client.Tables;
using ImageSearch.Pages.Items;

namespace ImageSearch.Pages.Tests.Items;

/// <summary>Items while they are edited.</summary>
public sealed class ItemDraftTests
{
    private static readonly Item Item = new()
    {
        Id = 1,
        Tags = "sale",
        Brief = "A shoe",
        Attributes = new Dictionary<string, AttributeValue> { ["price"] = 10, ["size"] = 42 },
    };

    private readonly ItemDraft _draft = new(
        Item, [AttributeDefinition.Of("price", AttributeType.Number), AttributeDefinition.Of("size", AttributeType.Number)], TimeZoneInfo.Utc);

    [Fact]
    public void Fields_that_were_not_touched_are_not_sent() => _draft.ToChanges(null).ShouldBe(new ItemChanges());

    [Fact]
    public void A_changed_field_is_sent()
    {
        _draft.Tags = "new";

        _draft.ToChanges(null).ShouldBe(new ItemChanges { Tags = "new" });
    }

    [Fact]
    public void An_emptied_field_is_removed()
    {
        _draft.Brief = "";

        _draft.ToChanges(null).Brief.ShouldBe("");
    }

    [Fact]
    public void Only_changed_attributes_are_sent()
    {
        _draft.Attributes[0].Text = "";

        _draft.ToChanges(null).Attributes.ShouldBe(new Dictionary<string, AttributeValue> { ["price"] = default });
    }
}
