using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace ImageSearch.Silo.Tests.Cluster;

/// <summary>Two silos and two front ends, as processes: a key is refused everywhere soon after it was changed anywhere.</summary>
public sealed class RevokedKeyTests(ITestOutputHelper output)
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);

    [MySqlFact]
    public async Task A_revoked_key_is_refused_by_every_front_end_within_five_seconds()
    {
        await using var group = await SiloGroup.StartAsync(2, ("TOKEN", "provider"), ("TOKEN_TRIES", "100000"));
        await using var other = await group.StartFrontEndAsync();
        HttpClient[] frontEnds = [group.FrontEnd.Client, other.Client];
        foreach (var change in (Func<string, Task>[])[id => DisableAsync(frontEnds[0], id), id => DeleteAsync(frontEnds[1], id)])
        {
            var (id, secret) = await CreateAsync(frontEnds[0]);
            foreach (var frontEnd in frontEnds) (await StatusAsync(frontEnd, secret)).ShouldBe(200);

            await change(id);

            var revoked = Stopwatch.GetTimestamp();
            foreach (var frontEnd in frontEnds)
            {
                while (await StatusAsync(frontEnd, secret) != 401) Stopwatch.GetElapsedTime(revoked).ShouldBeLessThan(MaxDelay);
            }

            output.WriteLine($"refused by both after {Stopwatch.GetElapsedTime(revoked).TotalSeconds:0.00} s");
            for (var i = 0; i < 20; i++) (await StatusAsync(frontEnds[i % 2], secret)).ShouldBe(401);
        }
    }

    private static async Task<(string Id, string Secret)> CreateAsync(HttpClient frontEnd)
    {
        using var answer = await SendAsync(
            frontEnd, HttpMethod.Post, "/v1/keys", "provider", """{"name":"Shop","scopes":["read"],"tables":["shop_*"]}""");
        var key = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        return (key.GetProperty("id").GetString()!, key.GetProperty("secret").GetString()!);
    }

    private static async Task DisableAsync(HttpClient frontEnd, string id)
    {
        using var answer = await SendAsync(frontEnd, HttpMethod.Patch, $"/v1/keys/{id}", "provider", """{"disabled":true}""");
        ((int)answer.StatusCode).ShouldBe(200);
    }

    private static async Task DeleteAsync(HttpClient frontEnd, string id)
    {
        using var answer = await SendAsync(frontEnd, HttpMethod.Delete, $"/v1/keys/{id}", "provider", null);
        ((int)answer.StatusCode).ShouldBe(204);
    }

    private static async Task<int> StatusAsync(HttpClient frontEnd, string secret)
    {
        using var answer = await SendAsync(frontEnd, HttpMethod.Get, "/v1/tables", secret, null);
        return (int)answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient frontEnd, HttpMethod method, string path, string token, string? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Add("token", token);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await frontEnd.SendAsync(request);
    }
}
