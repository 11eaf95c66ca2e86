using ImageSearch.Client.Items;
using ImageSearch.Client.Tables;
using ImageSearch.Pages.Items;

namespace ImageSearch.Pages.Tests.Items;

/// <summary>Attributes while they are edited.</summary>
public sealed class AttributeDraftTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Fact]
    public void A_text_stays_a_text() => Typed(AttributeType.String, " red ").Value.Text.ShouldBe("red");

    [Fact]
    public void A_number_has_a_point_in_every_language() => Typed(AttributeType.Number, "3.5").Value.Number.ShouldBe(3.5);

    [Fact]
    public void A_boolean_is_chosen() => Typed(AttributeType.Boolean, AttributeDraft.False).Value.Boolean.ShouldBe(false);

    [Fact]
    public void A_date_is_meant_in_the_zone_of_the_browser() =>
        Typed(AttributeType.Date, "2026-11-28T04:30").Value.Date.ShouldBe(new DateTimeOffset(2026, 11, 27, 20, 30, 0, TimeSpan.Zero));

    [Fact]
    public void A_list_has_a_text_a_line() => Typed(AttributeType.StringList, "red\n\n blue \r\n").Value.Texts.ShouldBe(["red", "blue"]);

    [Theory]
    [InlineData(AttributeType.Number, "cheap")]
    [InlineData(AttributeType.Number, "Infinity")]
    [InlineData(AttributeType.Date, "tomorrow")]
    public void A_text_of_another_type_is_a_fault(AttributeType type, string text) => Typed(type, text).Fault.ShouldNotBeNull();

    [Theory]
    [InlineData(AttributeType.String)]
    [InlineData(AttributeType.Number)]
    [InlineData(AttributeType.Boolean)]
    [InlineData(AttributeType.Date)]
    [InlineData(AttributeType.StringList)]
    public void An_empty_field_removes_the_value(AttributeType type)
    {
        var draft = Typed(type, " ");

        draft.Value.IsNull.ShouldBeTrue();
        draft.Fault.ShouldBeNull();
    }

    private static readonly string[] Colours = ["red", "blue"];

    public static TheoryData<AttributeType, AttributeValue> Values => new()
    {
        { AttributeType.String, "red" },
        { AttributeType.Number, 0.1 },
        { AttributeType.Boolean, true },
        { AttributeType.Date, new DateTimeOffset(2026, 11, 27, 9, 30, 1, TimeSpan.Zero) },
        { AttributeType.StringList, Colours },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_that_nobody_touched_is_not_changed(AttributeType type, AttributeValue value)
    {
        var draft = Read(type, value);

        draft.IsChanged.ShouldBeFalse();
        draft.Value.ShouldBe(value);
    }

    [Fact]
    public void A_value_of_another_type_is_none() => Read(AttributeType.Number, "from before the schema changed").Text.ShouldBeEmpty();

    private static AttributeDraft Read(AttributeType type, AttributeValue value) => new(AttributeDefinition.Of("a", type), value, Shanghai);

    private static AttributeDraft Typed(AttributeType type, string text)
    {
        var draft = Read(type, default);
        draft.Text = text;
        return draft;
    }
}
