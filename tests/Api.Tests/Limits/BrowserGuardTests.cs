using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Limits;

/// <summary>What a web page can make its visitor's browser do to a service without a token.</summary>
public sealed class BrowserGuardTests(BrowserGuardTests.OpenService service) : IClassFixture<BrowserGuardTests.OpenService>
{
    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_page_of_another_site_is_refused(string header, string value) =>
        (await StatusAsync(null, (header, value))).ShouldBe(403);

    [Fact]
    public async Task A_page_whose_name_was_made_to_lead_here_is_refused() =>
        (await StatusAsync("evil.example", ("Origin", "http://evil.example"), ("Sec-Fetch-Site", "same-origin"))).ShouldBe(403);

    [Fact]
    public async Task The_services_own_page_passes() =>
        (await StatusAsync(null, ("Origin", service.Process.Address.GetLeftPart(UriPartial.Authority)), ("Sec-Fetch-Site", "same-origin")))
            .ShouldBe(200);

    [Fact]
    public async Task A_program_passes_whatever_name_it_uses() => (await StatusAsync("search.shop.example")).ShouldBe(200);

    private async Task<int> StatusAsync(string? host, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/milvus/img/table?table=t", UriKind.Relative));
        request.Headers.Host = host;
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await service.Client.SendAsync(request);
        return (int)answer.StatusCode;
    }

    public sealed class OpenService : RunningService;
}
