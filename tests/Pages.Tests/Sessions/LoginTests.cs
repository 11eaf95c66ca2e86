using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Login;
using ImageSearch.Pages.Tests.Browsing;

namespace ImageSearch.Pages.Tests.Sessions;

/// <summary>Logging in by TOKEN.</summary>
[Collection(PagesFixture.Collection)]
public sealed class LoginTests(PagesFixture pages)
{
    private static readonly Dictionary<string, string> Locked = new() { ["TOKEN"] = "provider-token" };

    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_page_is_shown_after_logging_in(Screen screen)
    {
        await using var service = await ServiceProcess.StartAsync(Locked);
        await using var visit = await pages.OpenAsync(screen, "tables", service);
        await visit.IsAccessibleAsync();

        await LogInAsync(visit, "provider-token");

        await visit.Button(CommonWords.LogOut).WaitForAsync();
        visit.Page.Url.ShouldBe(new Uri(service.Address, "/ui/tables").ToString());
        await visit.Button(CommonWords.LogOut).ClickAsync();
        await visit.Button(CommonWords.LogIn).WaitForAsync();
    }

    [BrowserFact]
    public async Task A_wrong_TOKEN_is_refused()
    {
        await using var service = await ServiceProcess.StartAsync(Locked);
        await using var visit = await pages.OpenAsync(Screen.Desktop, "", service);

        await LogInAsync(visit, "guess");

        await visit.Page.GetByText(visit.Say(LoginWords.Wrong)).WaitForAsync();
    }

    [Fact]
    public async Task Nothing_but_the_login_is_answered_without_a_session()
    {
        await using var service = await ServiceProcess.StartAsync(Locked);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(service.Address, "/ui/") };
        string[] closed = ["", "tables", "pictures/shop/1", "imports/1/failures", "_blazor"];

        foreach (var path in closed)
        {
            using var answer = await http.GetAsync(path);
            answer.Headers.Location.ShouldNotBeNull(path).AbsolutePath.ShouldBe("/ui/login", path);
        }

        using var login = await http.GetAsync("login");
        login.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task Other_users_of_the_machine_may_not_read_the_keys_of_sessions()
    {
        if (OperatingSystem.IsWindows()) return; // There the folder has the rights of its parent.
        await using var service = await ServiceProcess.StartAsync(Locked);
        using var answer = await service.Client.GetAsync("/ui/login");
        answer.EnsureSuccessStatusCode();
        File.GetUnixFileMode(Path.Combine(service.DataPath, "page-keys"))
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static async Task LogInAsync(Visit visit, string secret)
    {
        await visit.Field(LoginWords.Secret).FillAsync(secret);
        await visit.Button(CommonWords.LogIn).ClickAsync();
    }
}
