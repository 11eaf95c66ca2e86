using System.Text.RegularExpressions;

namespace ImageSearch.Pages.Tests.Browsing;

/// <summary>Logs in as the form of the page does, without a browser: for what only the requests decide.</summary>
internal static partial class FormLogin
{
    public const string Cookie = "imagesearch_session";

    /// <summary>Sends the form.</summary>
    /// <param name="service">The service.</param>
    /// <param name="secret">TOKEN or a key.</param>
    /// <param name="back">The page that the login leads to.</param>
    /// <returns>Where it leads, and the header Cookie of the session; null if there is none.</returns>
    public static async Task<(string? Location, string? Session)> LogInAsync(ServiceProcess service, string secret, string back = "/")
    {
        using var http = NewClient(service);
        using var page = await http.GetAsync("login");
        var token = TokenField().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "session")
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("token", secret), new("back", back)]),
        };
        request.Headers.Add("Cookie", CookiesOf(page));
        using var answer = await http.SendAsync(request);
        return (answer.Headers.Location?.OriginalString, CookiesOf(answer).FirstOrDefault(cookie => cookie.StartsWith(Cookie, StringComparison.Ordinal)));
    }

    /// <summary>A client of the pages that follows no redirect and keeps no cookie.</summary>
    public static HttpClient NewClient(ServiceProcess service) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(service.Address, "/ui/") };

    private static IEnumerable<string> CookiesOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Select(cookie => cookie.Split(';')[0]) : [];

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex TokenField();
}
