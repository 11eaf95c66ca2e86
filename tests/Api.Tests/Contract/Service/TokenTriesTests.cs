using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

public sealed class TokenTriesTests
{
    [Fact]
    public async Task After_too_many_wrong_tokens_an_address_gets_429_also_for_the_right_one()
    {
        await using var service = await ServiceProcess.StartAsync(
            new Dictionary<string, string> { ["TOKEN"] = "right", ["TOKEN_TRIES"] = "4", ["PROMETHEUS"] = "true", ["ALLOWED_HOSTS"] = "*" });

        for (var i = 0; i < 5; i++) (await AskAsync(service, HttpMethod.Post, "/milvus/img/table", null)).Status.ShouldBe(200);
        (await AskAsync(service, HttpMethod.Get, "/health/ready", "wrong")).Status.ShouldBe(200);
        (await AskAsync(service, HttpMethod.Post, "/milvus/img/table", "wrong")).ShouldBe((200, null, """{"code":10100,"message":"token is invalid"}"""));
        (await AskAsync(service, HttpMethod.Get, "/metrics", "wrong")).Status.ShouldBe(401);
        (await AskAsync(service, HttpMethod.Get, "/v1/imports/1", "wrong")).Status.ShouldBe(401);

        foreach (var (method, path, shape) in new[]
        {
            (HttpMethod.Post, "/milvus/img/table", "{\"code\":10100,\"message\":\"too many"), (HttpMethod.Post, "/api/image/sim/del/id", "\"code\":500"),
            (HttpMethod.Get, "/v1/imports/1", "\"code\":\"too_many_tries\""), (HttpMethod.Get, "/metrics", ""),
        })
        {
            var (status, retryAfter, body) = await AskAsync(service, method, path, "wrong");
            status.ShouldBe(429, path);
            retryAfter!.Value.TotalSeconds.ShouldBeInRange(1, 60);
            body.ShouldContain(shape);
        }

        (await AskAsync(service, HttpMethod.Post, "/milvus/img/table?table=t", "right")).Status.ShouldBe(429);
        await service.StopAsync();
        service.Output.Split('\n').Count(line => line.Contains("sent more than 4 wrong tokens")).ShouldBe(1);
    }

    [Fact]
    public async Task An_address_that_sent_the_right_token_is_never_locked_out()
    {
        await using var service = await ServiceProcess.StartAsync(
            new Dictionary<string, string> { ["TOKEN"] = "right", ["TOKEN_TRIES"] = "2", ["PROMETHEUS"] = "true" });

        (await AskAsync(service, HttpMethod.Post, "/milvus/img/table?table=t", "right")).Status.ShouldBe(200);
        for (var i = 0; i < 5; i++) await AskAsync(service, HttpMethod.Post, "/milvus/img/table?table=t", "wrong");

        (await AskAsync(service, HttpMethod.Post, "/milvus/img/table?table=t", "right")).Body.ShouldContain("10000");
        (await AskAsync(service, HttpMethod.Get, "/metrics", "right")).Body.ShouldContain("imagesearch_token_refused");
    }

    private static async Task<(int Status, TimeSpan? RetryAfter, string Body)> AskAsync(
        ServiceProcess service, HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (token is not null) request.Headers.Add("token", token);
        using var answer = await service.Client.SendAsync(request);
        return ((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta, await answer.Content.ReadAsStringAsync());
    }
}
