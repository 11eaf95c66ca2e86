using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

/// <summary>The service with a token, on two ports, with log files.</summary>
public sealed class GuardedService : RunningService
{
    public const string Token = "s3cret-t0ken-of-the-shop";

    protected override int Ports => 2;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["TOKEN"] = Token,
        ["TOKEN_TRIES"] = "1000",
        ["logs_num"] = "2",
        ["Logging__LogLevel__Default"] = "Debug",
        ["Logging__LogLevel__Microsoft.AspNetCore"] = "Debug",
    };

    /// <summary>A client of one of the ports.</summary>
    public HttpClient ClientOf(int port, string? token = Token)
    {
        var client = new HttpClient { BaseAddress = Process.Addresses[port] };
        if (token is not null) client.DefaultRequestHeaders.Add("token", token);
        return client;
    }
}
