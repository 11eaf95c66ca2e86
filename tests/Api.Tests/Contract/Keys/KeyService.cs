using ImageSearch.Api.Tests.Contract.V1;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Keys;

/// <summary>A service with TOKEN, whose keys the tests make.</summary>
public class KeyService : RunningService
{
    public const string Token = "the-provider-s-t0ken";

    private HttpClient? _provider;

    /// <summary>The holder of TOKEN.</summary>
    internal NativeClient Provider => new(_provider ??= ClientWith(Token));

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["TOKEN"] = Token, ["TOKEN_TRIES"] = "100000" };

    /// <summary>A client that sends a token or a key.</summary>
    public HttpClient ClientWith(string? token)
    {
        var client = new HttpClient { BaseAddress = Process.Address };
        if (token is not null) client.DefaultRequestHeaders.Add("token", token);
        return client;
    }

    /// <summary>Makes a key.</summary>
    /// <param name="tables">Its tables, separated by commas.</param>
    /// <param name="more">Further members.</param>
    /// <param name="scopes">Its scopes; none for all.</param>
    /// <returns>Its id and a client that sends its secret.</returns>
    internal async Task<TestKey> NewKeyAsync(string tables, object? more = null, params string[] scopes)
    {
        var body = new Dictionary<string, object?> { ["name"] = "Shop", ["tables"] = tables.Split(','), ["scopes"] = scopes.Length > 0 ? scopes : ["read", "write", "admin"] };
        foreach (var member in more?.GetType().GetProperties() ?? []) body[member.Name] = member.GetValue(more);
        var created = await Provider.PostAsync("/v1/keys", body);
        created.Status.ShouldBe(201, created.Body.ToString());
        var secret = created.Text("secret")!;
        var http = ClientWith(secret);
        return new TestKey(created.Text("id")!, secret, http, new NativeClient(http));
    }

    /// <summary>A prefix of tables that no other test has.</summary>
    public static string NewPrefix() => $"s{Guid.NewGuid():N}"[..12] + "_";

    public override async Task DisposeAsync()
    {
        _provider?.Dispose();
        await base.DisposeAsync();
    }
}

/// <summary>A key of a test.</summary>
internal sealed record TestKey(string Id, string Secret, HttpClient Http, NativeClient Calls) : IDisposable
{
    public void Dispose() => Http.Dispose();
}
