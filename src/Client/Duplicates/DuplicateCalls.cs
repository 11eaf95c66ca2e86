using System.Runtime.CompilerServices;
using ImageSearch.Client.Http;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Duplicates;

/// <summary>The calls that find duplicates in a table. They throw <see cref="ImageSearchException"/>.</summary>
public sealed class DuplicateCalls
{
    private const int GroupsPerPage = 100;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly CallSender _sender;
    private readonly string _table;

    internal DuplicateCalls(CallSender sender, string table) => (_sender, _table) = (sender, table);

    private string Path => Call.PathOf("tables", _table, "duplicates");

    private string JobPath => Path + "/job";

    /// <summary>Starts a search in the background; the one that runs with this score, if there is one.</summary>
    /// <param name="minScore">The least score of two duplicates, 0.9 to 1; null for 0.97.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<DuplicateSearch> StartAsync(double? minScore = null, CancellationToken cancellationToken = default) => _sender.ReadAsync(
        new Call(HttpMethod.Post, Path + new Members().Add("min_score", minScore).ToQuery()), ClientJson.Wire.DuplicateSearch, cancellationToken);

    /// <summary>The search that was started last.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<DuplicateSearch> GetSearchAsync(CancellationToken cancellationToken = default) =>
        _sender.ReadAsync(new Call(HttpMethod.Get, JobPath), ClientJson.Wire.DuplicateSearch, cancellationToken);

    /// <summary>Cancels the search; groups that it has found stay.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<DuplicateSearch> CancelAsync(CancellationToken cancellationToken = default) =>
        _sender.ReadAsync(new Call(HttpMethod.Delete, JobPath), ClientJson.Wire.DuplicateSearch, cancellationToken);

    /// <summary>
    /// Groups, the largest first, read page by page as far as the caller goes. A table of at most 5,000 rows is searched by the call; the search
    /// of a larger one must have been started, and the call waits until it has ended.
    /// </summary>
    /// <param name="minScore">The least score of the search; null for 0.97.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public async IAsyncEnumerable<DuplicateGroup> ListAsync(
        double? minScore = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? cursor = null;
        do
        {
            var query = new Members().Add("min_score", minScore).Add("limit", GroupsPerPage).Add("cursor", cursor);
            var page = await _sender.ReadAsync(new Call(HttpMethod.Get, Path + query.ToQuery()), ClientJson.Wire.DuplicatePage, cancellationToken)
                .ConfigureAwait(false);
            if (page.Search is null)
            {
                await Task.Delay(PollInterval, _sender.Options.Time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            foreach (var group in page.Groups) yield return group;
            cursor = page.NextCursor;
            if (cursor is null) yield break;
        }
        while (true);
    }
}
