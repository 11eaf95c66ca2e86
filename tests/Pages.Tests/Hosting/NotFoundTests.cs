using System.Net;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Tests.Browsing;

namespace ImageSearch.Pages.Tests.Hosting;

/// <summary>Addresses that there are not.</summary>
[Collection(PagesFixture.Collection)]
public sealed class NotFoundTests(PagesFixture pages)
{
    [BrowserFact]
    public async Task A_person_at_an_unknown_address_sees_a_page_with_the_menu()
    {
        await using var visit = await pages.OpenAsync(Screen.Desktop, "nope/at?all=1");
        visit.Expect("404");

        await visit.SeesAsync(CommonWords.NotFound);
        await visit.IsAccessibleAsync();
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = visit.Say(CommonWords.Tables), Exact = true }).ClickAsync();
        await visit.SeesAsync(CommonWords.Tables);
    }

    [Theory]
    [InlineData("nope", "text/html,application/xhtml+xml,*/*;q=0.8", "text/html")]
    [InlineData("nope.js", "*/*", null)]
    [InlineData("nope.webp", "image/avif,image/webp,*/*;q=0.8", null)]
    public async Task An_unknown_address_is_404_and_that_of_a_file_has_no_page(string path, string accept, string? type)
    {
        using var http = FormLogin.NewClient(pages.Service);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", accept);

        using var answer = await http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe(type);
    }
}
