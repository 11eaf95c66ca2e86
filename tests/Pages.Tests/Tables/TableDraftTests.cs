using ImageSearch.Client.Tables;
using ImageSearch.Pages.Tables;

namespace ImageSearch.Pages.Tests.Tables;

/// <summary>The settings of a table while they are edited.</summary>
public sealed class TableDraftTests
{
    private static readonly Table Table = new()
    {
        Name = "shoes",
        Metric = Metric.Cosine,
        OnExistingKey = KeyRule.Skip,
        MainObject = MainObjectRule.Query,
        KeepPictures = KeepPictures.Original,
        MaxRows = 500,
        OnDuplicate = DuplicateRule.Reject,
        DuplicateScore = 0.98,
        Attributes = [AttributeDefinition.Of("price", AttributeType.Number)],
    };

    [Fact]
    public void A_change_has_all_settings_that_were_read()
    {
        var changes = TableDraft.Of(Table).ToChanges();

        changes.Attributes.ShouldBe(Table.Attributes);
        (changes with { Attributes = null }).ShouldBe(
            new TableChanges
            {
                Metric = Metric.Cosine,
                OnExistingKey = KeyRule.Skip,
                MainObject = MainObjectRule.Query,
                KeepPictures = KeepPictures.Original,
                MaxRows = 500,
                OnDuplicate = DuplicateRule.Reject,
                DuplicateScore = 0.98,
            });
    }

    [Fact]
    public void A_limit_that_was_emptied_is_removed()
    {
        var draft = TableDraft.Of(Table);
        draft.MaxRows = null;

        draft.ToChanges().MaxRows.ShouldBe((long?)null);
        draft.ToChanges().MaxRows.IsSet.ShouldBeTrue();
    }

    [Fact]
    public void A_new_table_leaves_what_the_service_chooses() => (new TableDraft().ToSettings() with { Attributes = [] }).ShouldBe(
        new TableSettings { OnExistingKey = KeyRule.Replace, OnDuplicate = DuplicateRule.Allow, Attributes = [] });
}
