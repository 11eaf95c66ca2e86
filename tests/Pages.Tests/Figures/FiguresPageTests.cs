using ImageSearch.Pages.Figures;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace ImageSearch.Pages.Tests.Figures;

/// <summary>The page of figures.</summary>
[Collection(PagesFixture.Collection)]
public sealed class FiguresPageTests(PagesFixture pages)
{
    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task Health_the_present_values_and_charts_are_shown(Screen screen)
    {
        await using var visit = await pages.OpenAsync(screen, "figures");
        await visit.SeesAsync(CommonWords.Figures);
        await visit.Page.GetByText(visit.Say(FigureWords.Healthy), new() { Exact = true }).WaitForAsync();

        // A sample is ten seconds after the start at the latest, and the page refreshes by itself.
        await visit.Page.GetByRole(AriaRole.Img, new() { Name = visit.Say(FigureWords.Memory) }).WaitForAsync();
        (await visit.Page.Locator("figure.chart").CountAsync()).ShouldBe(7);
        (await visit.Page.Locator(".tile").CountAsync()).ShouldBe(9);
        await visit.Page.GetByText(visit.Say(FigureWords.AsTable), new() { Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Columnheader, new() { Name = visit.Say(FigureWords.SearchP99) }).WaitForAsync();
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("figures");
    }
}
