using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Limits;

/// <summary>Requests that a web page can make its visitor's browser send to a service without a token.</summary>
public sealed class BrowserGuardTests(BrowserGuardTests.OpenService service) : IClassFixture<BrowserGuardTests.OpenService>
{
    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_page_of_another_site_is_rejected(string header, string value) =>
        (await StatusAsync(null, (header, value))).ShouldBe(403);

    [Fact]
    public async Task A_page_whose_name_resolves_to_this_machine_is_rejected() =>
        (await StatusAsync("evil.example", ("Origin", "http://evil.example"), ("Sec-Fetch-Site", "same-origin"))).ShouldBe(403);

    [Fact]
    public async Task The_services_own_page_passes() =>
        (await StatusAsync(null, ("Origin", service.Process.Address.GetLeftPart(UriPartial.Authority)), ("Sec-Fetch-Site", "same-origin")))
            .ShouldBe(200);

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example.")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("evil.local")]
    [InlineData("shop.example")]
    public async Task A_Host_that_is_not_the_services_is_rejected_without_any_header_of_a_browser(string host)
    {
        (await StatusAsync(host)).ShouldBe(403);
        foreach (var path in new[] { "/docs/index.html", "/openapi/v1.json", "/v1/imports/1", "/metrics", "/" })
            (await StatusAsync(HttpMethod.Get, path, host)).ShouldBe(403, path);
    }

    [Theory]
    [InlineData("10.1.2.3:5000")]
    [InlineData("[::1]:5000")]
    [InlineData("localhost")]
    [InlineData("shop.localhost")]
    [InlineData("imagesearch")]
    [InlineData("imagesearch-api.imagesearch.svc")]
    [InlineData("imagesearch-api.imagesearch.svc.cluster.local:7000")]
    [InlineData("host.docker.internal")]
    [InlineData("search.shop.example")]
    [InlineData("SEARCH.shop.example.")]
    [InlineData("a.b.shops.example")]
    public async Task A_program_passes_by_the_services_addresses_and_names(string host) => (await StatusAsync(host)).ShouldBe(200);

    [Fact]
    public async Task The_error_names_the_setting()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/docs");
        request.Headers.Host = "evil.example";
        using var answer = await service.Client.SendAsync(request);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("ALLOWED_HOSTS");
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_answers_under_any_name(string path) => (await StatusAsync(HttpMethod.Get, path, "probe.example")).ShouldBe(200);

    private Task<int> StatusAsync(string? host, params (string Name, string Value)[] headers) =>
        StatusAsync(HttpMethod.Post, "/milvus/img/table?table=t", host, headers);

    private async Task<int> StatusAsync(HttpMethod method, string path, string? host, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Host = host;
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await service.Client.SendAsync(request);
        return (int)answer.StatusCode;
    }

    public sealed class OpenService : RunningService
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["ALLOWED_HOSTS"] = "search.shop.example, *.shops.example",
        };
    }
}
