using ImageSearch.Client.Keys;
using ImageSearch.Pages.Keys;

namespace ImageSearch.Pages.Tests.Keys;

/// <summary>Keys while their fields are filled in.</summary>
public sealed class KeyDraftTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static readonly ApiKey Limited = new()
    {
        Name = "Shop",
        Scopes = [KeyScope.Read],
        Tables = ["shop1_*"],
        CallsPerSecond = 20,
        Burst = 40,
        MaxRows = 1000,
        MaxTables = 3,
        Expires = new DateTimeOffset(2026, 12, 31, 16, 0, 0, 250, TimeSpan.Zero),
    };

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
        new KeyDraft { Expires = "2027-01-01T00:00" }.ToKey(Shanghai).Expires
            .ShouldBe(new DateTimeOffset(2026, 12, 31, 16, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Fields_that_stay_change_nothing() => KeyDraft.Of(Limited, Shanghai).ToChanges(Limited, Shanghai).ShouldBe(new ApiKeyChanges());

    [Fact]
    public void Fields_that_differ_are_changed()
    {
        var draft = KeyDraft.Of(Limited, Shanghai);
        (draft.Name, draft.CanWrite, draft.Tables, draft.Expires) = ("Shoes", true, "shop1_*, shop2", "2027-02-01T08:00:00");

        var changes = draft.ToChanges(Limited, Shanghai);

        (changes.Name, changes.Expires.Value).ShouldBe(("Shoes", new DateTimeOffset(2027, 2, 1, 0, 0, 0, TimeSpan.Zero)));
        changes.Scopes.ShouldBe([KeyScope.Read, KeyScope.Write]);
        changes.Tables.ShouldBe(["shop1_*", "shop2"]);
        changes.MaxRows.IsSet.ShouldBeFalse();
    }

    [Fact]
    public void An_emptied_limit_is_removed()
    {
        var draft = KeyDraft.Of(Limited, Shanghai);
        (draft.CallsPerSecond, draft.MaxRows, draft.Expires) = (null, null, "");

        var changes = draft.ToChanges(Limited, Shanghai);

        (changes.CallsPerSecond.IsSet, changes.MaxRows.IsSet, changes.Expires.IsSet, changes.MaxTables.IsSet).ShouldBe((true, true, true, false));
        (changes.CallsPerSecond.Value, changes.MaxRows.Value, changes.Expires.Value).ShouldBe((null, null, null));
    }

    [Theory]
    [InlineData("", "shop1_*", true)]
    [InlineData("Shop", " ", true)]
    [InlineData("Shop", "shop1_*", false)]
    public void A_key_needs_a_name_tables_and_a_scope(string name, string tables, bool canRead) =>
        new KeyDraft { Name = name, Tables = tables, CanRead = canRead }.IsComplete.ShouldBeFalse();
}
