using System.Globalization;
using ImageSearch.Client.Http;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Keys;

/// <summary>The calls of API keys, which need the service's token. They throw <see cref="ImageSearchException"/>.</summary>
public sealed class KeyCalls
{
    private const int EntriesPerPage = 100;

    private readonly CallSender _sender;

    internal KeyCalls(CallSender sender) => _sender = sender;

    /// <summary>Creates a key.</summary>
    /// <param name="key">What it may do.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The key with its secret, which no later answer has.</returns>
    public Task<ApiKey> CreateAsync(NewApiKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        // Sent twice, there would be two keys, one of them with a secret that nobody knows.
        return ReadAsync(new Call(HttpMethod.Post, Call.PathOf("keys")) { Body = new JsonBody(key.ToJson()), IsIdempotent = false }, cancellationToken);
    }

    /// <summary>The key that the client calls with.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ApiKey> GetSelfAsync(CancellationToken cancellationToken = default) => GetAsync("self", cancellationToken);

    /// <summary>A key.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ApiKey> GetAsync(string id, CancellationToken cancellationToken = default) =>
        ReadAsync(new Call(HttpMethod.Get, PathOf(id)), cancellationToken);

    /// <summary>Keys by id, read page by page as far as the caller goes.</summary>
    /// <param name="cancellationToken">Ends the list.</param>
    public IAsyncEnumerable<ApiKey> ListAsync(CancellationToken cancellationToken = default) => Pages.ReadAsync<ApiKeyPage, ApiKey>(
        _sender, Call.PathOf("keys"), () => new Members().Add("limit", EntriesPerPage), ClientJson.Wire.ApiKeyPage, cancellationToken);

    /// <summary>Changes a key; every process follows within 5 seconds.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="changes">What changes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ApiKey> ChangeAsync(string id, ApiKeyChanges changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return ReadAsync(new Call(HttpMethod.Patch, PathOf(id)) { Body = new JsonBody(changes.ToJson()) }, cancellationToken);
    }

    /// <summary>Gives a key another secret.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="grace">How long the secret before goes on, at most 7 days.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The key with its secret, which no later answer has.</returns>
    public Task<ApiKey> RotateAsync(string id, TimeSpan grace = default, CancellationToken cancellationToken = default)
    {
        var body = new Members().AddRaw("grace_seconds", ((long)grace.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        return ReadAsync(
            new Call(HttpMethod.Post, PathOf(id) + ":rotate") { Body = new JsonBody(body.ToJson()), IsIdempotent = false }, cancellationToken);
    }

    /// <summary>Deletes a key; its tables stay.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _sender.SendAsync(new Call(HttpMethod.Delete, PathOf(id)), cancellationToken);

    private static string PathOf(string id) => Call.PathOf("keys", id);

    private Task<ApiKey> ReadAsync(Call call, CancellationToken cancellationToken) => _sender.ReadAsync(call, ClientJson.Wire.ApiKey, cancellationToken);
}
