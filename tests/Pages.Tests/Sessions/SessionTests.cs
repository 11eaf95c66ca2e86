using System.Net;
using System.Text.RegularExpressions;
using ImageSearch.Client;
using ImageSearch.Client.Keys;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Login;
using ImageSearch.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace ImageSearch.Pages.Tests.Sessions;

/// <summary>What a session may do, and when it ends.</summary>
[Collection(PagesFixture.Collection)]
public sealed class SessionTests(PagesFixture pages)
{
    private static readonly Dictionary<string, string> Locked = new() { ["TOKEN"] = LockedService.Token, ["TOKEN_TRIES"] = "2" };

    [Theory]
    [InlineData("http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("http://blog.shop.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.SwitchingProtocols)]
    public async Task Pages_of_another_origin_open_no_circuit_in_a_visitors_name(string? origin, HttpStatusCode status)
    {
        await using var service = await ServiceProcess.StartAsync(Locked);
        var (_, session) = await FormLogin.LogInAsync(service, LockedService.Token);
        using var http = FormLogin.NewClient(service);
        using var upgrade = new HttpRequestMessage(HttpMethod.Get, "_blazor");
        upgrade.Headers.Add("Cookie", session);
        upgrade.Headers.Add("Connection", "Upgrade");
        upgrade.Headers.Add("Upgrade", "websocket");
        upgrade.Headers.Add("Sec-WebSocket-Version", "13");
        upgrade.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        upgrade.Headers.Add("Origin", origin ?? service.Address.GetLeftPart(UriPartial.Authority));

        using var answer = await http.SendAsync(upgrade, HttpCompletionOption.ResponseHeadersRead);

        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task A_session_whose_key_was_deleted_locks_nobody_out()
    {
        await using var service = await ServiceProcess.StartAsync(Locked);
        var api = new ImageSearchClient(service.Client, new ImageSearchClientOptions { Token = LockedService.Token });
        var key = await api.Keys.CreateAsync(new NewApiKey("deleted", [KeyScope.Read], ["*"]));
        var (_, session) = await FormLogin.LogInAsync(service, key.Secret!);
        await api.Keys.DeleteAsync(key.Id);
        await service.KillAsync();
        // This address has not sent a right secret since the start, so wrong ones would count.
        await using var restarted = await ServiceProcess.StartAsync(Locked, service.DataPath);

        for (var i = 0; i < 5; i++) (await FailuresAsync(restarted, session)).ShouldBe(HttpStatusCode.Unauthorized);

        (await FormLogin.LogInAsync(restarted, LockedService.Token)).Location.ShouldBe("/ui/");
    }

    [Fact]
    public async Task A_login_leads_to_no_page_that_a_header_can_not_name()
    {
        await using var service = await ServiceProcess.StartAsync(Locked);
        (await FormLogin.LogInAsync(service, LockedService.Token, "/中")).Location.ShouldBe("/ui/");
    }

    [Fact]
    public async Task A_login_reads_no_more_than_a_form_has()
    {
        await using var service = await ServiceProcess.StartAsync(Locked);
        (await FormLogin.LogInAsync(service, LockedService.Token, $"/{new string('a', 20_000)}")).Session.ShouldBeNull();
    }

    [BrowserFact]
    public async Task Logging_out_closes_other_tabs_and_ends_copies_of_the_cookie()
    {
        await using var service = await ServiceProcess.StartAsync(Locked);
        await using var visit = await pages.OpenAsync(Screen.Desktop, "tables", service);
        await visit.Field(LoginWords.Secret).FillAsync(LockedService.Token);
        await visit.Button(CommonWords.LogIn).ClickAsync();
        await visit.SeesAsync(CommonWords.Tables);
        var other = await visit.Page.Context.NewPageAsync();
        await other.GotoAsync("keys");
        await other.GetByRole(AriaRole.Heading, new() { Name = visit.Say(CommonWords.Keys), Level = 1 }).WaitForAsync();
        var copy = (await visit.Page.Context.CookiesAsync()).Single(cookie => cookie.Name == FormLogin.Cookie);

        await visit.Button(CommonWords.LogOut).ClickAsync();

        await Assertions.Expect(other).ToHaveURLAsync(new Regex("/ui/login"));
        (await FailuresAsync(service, $"{copy.Name}={copy.Value}")).ShouldBe(HttpStatusCode.Redirect);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/keys");
        request.Headers.Add("Cookie", $"{copy.Name}={copy.Value}");
        using var answer = await service.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<HttpStatusCode> FailuresAsync(ServiceProcess service, string? session)
    {
        using var http = FormLogin.NewClient(service);
        using var request = new HttpRequestMessage(HttpMethod.Get, "imports/none/failures");
        request.Headers.Add("Cookie", session);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
