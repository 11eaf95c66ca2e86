using ImageSearch.Client.Http;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Reembedding;

/// <summary>The calls that change the model of a table, in the background. They throw <see cref="ImageSearchException"/>.</summary>
public sealed class ReembedCalls
{
    private const int EntriesPerPage = 1000;

    private readonly CallSender _sender;
    private readonly string _path;

    internal ReembedCalls(CallSender sender, string table) => (_sender, _path) = (sender, Call.PathOf("tables", table, "reembed"));

    /// <summary>Begins a change, or answers the one to this model that runs.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Reembed> BeginAsync(ReembedOptions? options = null, CancellationToken cancellationToken = default) => _sender.ReadAsync(
        new Call(HttpMethod.Post, _path) { Body = new JsonBody((options ?? new ReembedOptions()).ToJson()) }, ClientJson.Wire.Reembed, cancellationToken);

    /// <summary>The last change.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Reembed> GetAsync(CancellationToken cancellationToken = default) =>
        _sender.ReadAsync(new Call(HttpMethod.Get, _path), ClientJson.Wire.Reembed, cancellationToken);

    /// <summary>The items whose picture could not be embedded, read page by page as far as the caller goes.</summary>
    /// <param name="cancellationToken">Ends the list.</param>
    public IAsyncEnumerable<ReembedFailure> FailuresAsync(CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<ReembedFailurePage, ReembedFailure>(
            _sender, _path + "/failures", () => new Members().Add("limit", EntriesPerPage), ClientJson.Wire.ReembedFailurePage, cancellationToken);

    /// <summary>Cancels the change that runs; the table keeps its vectors.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task CancelAsync(CancellationToken cancellationToken = default) =>
        _sender.SendAsync(new Call(HttpMethod.Delete, _path), cancellationToken);
}
