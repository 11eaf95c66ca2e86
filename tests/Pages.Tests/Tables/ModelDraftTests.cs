using ImageSearch.Client.Tables;
using ImageSearch.Pages.Tables.Reembedding;

namespace ImageSearch.Pages.Tests.Tables;

/// <summary>The choice of the model that a table changes to.</summary>
public sealed class ModelDraftTests
{
    private static readonly ModelIdentity Old = new() { Name = "old", Version = "1", Dimension = 512 };
    private static readonly ModelIdentity New = new() { Name = "new", Version = "2", Dimension = 512 };

    [Fact]
    public void Models_of_other_tables_are_offered_once_and_the_present_one_is_not() =>
        ModelDraft.Choices(Old, [Old, New, New]).Select(choice => choice.Value).ShouldBe([ModelDraft.OfService, New, ModelDraft.Other]);

    [Fact]
    public void The_model_of_new_tables_is_not_named() => new ModelDraft().Model.ShouldBeNull();

    [Fact]
    public void A_model_of_another_table_is_taken_as_it_is() => new ModelDraft { Chosen = New }.Model.ShouldBe(New);

    [Fact]
    public void Any_other_model_is_named_in_fields() =>
        new ModelDraft { Chosen = ModelDraft.Other, Name = " new ", Version = "2", Dimension = 512 }.Model.ShouldBe(New);
}
