using ImageSearch.Client.Keys;
using ImageSearch.Pages.Keys;

namespace ImageSearch.Pages.Tests.Keys;

/// <summary>Keys while their fields are filled in.</summary>
public sealed class KeyDraftTests
{
    [Theory]
    [InlineData("shop1_*\nshop1")]
    [InlineData(" shop1_*, shop1 ")]
    [InlineData("shop1_*，shop1")]
    public void Tables_are_separated_by_lines_spaces_or_commas(string text) =>
        new KeyDraft { Name = "Shop", Tables = text }.ToKey(TimeZoneInfo.Utc).Tables.ShouldBe(["shop1_*", "shop1"]);

    [Fact]
    public void A_key_has_the_scopes_that_are_checked() =>
        new KeyDraft { CanRead = false, CanWrite = true, CanAdminister = true }.ToKey(TimeZoneInfo.Utc).Scopes.ShouldBe([KeyScope.Write, KeyScope.Admin]);

    [Fact]
    public void A_key_without_limits_has_none()
    {
        var key = new KeyDraft { Name = "Shop" }.ToKey(TimeZoneInfo.Utc);

        (key.CallsPerSecond, key.Burst, key.MaxRows, key.MaxTables, key.Expires).ShouldBe((null, null, null, null, null));
    }

    [Fact]
    public void A_key_ends_at_a_time_of_the_browser() =>
        new KeyDraft { Expires = "2027-01-01T00:00" }.ToKey(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).Expires
            .ShouldBe(new DateTimeOffset(2026, 12, 31, 16, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("", "shop1_*", true)]
    [InlineData("Shop", " ", true)]
    [InlineData("Shop", "shop1_*", false)]
    public void A_key_needs_a_name_tables_and_a_scope(string name, string tables, bool canRead) =>
        new KeyDraft { Name = name, Tables = tables, CanRead = canRead }.IsComplete.ShouldBeFalse();
}
