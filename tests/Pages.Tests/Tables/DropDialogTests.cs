using AngleSharp.Dom;
using Bunit;
using ImageSearch.Client.Tables;
using ImageSearch.Pages.Tables;
using ImageSearch.Pages.Tables.Settings;
using ImageSearch.Pages.Tests.Components;
using MudBlazor;

namespace ImageSearch.Pages.Tests.Tables;

/// <summary>The confirmation before a table is dropped.</summary>
public sealed class DropDialogTests : ComponentTest
{
    private static readonly DialogParameters<DropDialog> Shoes = new() { { dialog => dialog.Table, new Table { Name = "shoes", Rows = 1200 } } };

    [Fact]
    public async Task It_says_what_is_lost() => (await OpenAsync(Shoes)).Markup.ShouldContain("All pictures of shoes are deleted: 1,200.");

    [Theory]
    [InlineData("")]
    [InlineData("shoe")]
    [InlineData("Shoes")]
    [InlineData("shoes ")]
    public async Task Another_text_than_the_name_drops_nothing(string typed)
    {
        var dialog = await OpenAsync(Shoes);

        dialog.Find("input").Input(typed);

        DropButton(dialog).HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public async Task The_name_drops_the_table()
    {
        var dialog = await OpenAsync(Shoes);

        dialog.Find("input").Input("shoes");
        await DropButton(dialog).ClickAsync();

        Calls.ShouldBe(["DELETE /v1/tables/shoes"]);
    }

    private static IElement DropButton(IRenderedComponent<MudDialogProvider> dialog) =>
        dialog.FindAll("button").Single(button => button.TextContent.Trim() == TableWords.Drop.English);
}
