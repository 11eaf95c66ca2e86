using System.Runtime.CompilerServices;
using System.Text.Json;
using ImageSearch.Client.Http;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Search;

/// <summary>The calls of searches. They throw <see cref="ImageSearchException"/>.</summary>
public sealed class SearchCalls
{
    private readonly CallSender _sender;

    internal SearchCalls(CallSender sender) => _sender = sender;

    /// <summary>Finds items.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="query">The search.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A page of hits, best first.</returns>
    public async Task<SearchAnswer> FindAsync(string table, SearchQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var body = await query.ToBodyAsync(cancellationToken).ConfigureAwait(false);
        return await _sender.ReadAsync(
            new Call(HttpMethod.Post, Call.PathOf("tables", table, "search")) { Body = body }, ClientJson.Wire.SearchAnswer, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Finds items page by page, as far as the caller goes; a search has at most 10,000 hits. Each page sends the pictures again, so they must
    /// not be streams that can't seek.
    /// </summary>
    /// <param name="table">The table's name.</param>
    /// <param name="query">The search.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public async IAsyncEnumerable<Hit> ListAsync(
        string table, SearchQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        for (var next = query; ;)
        {
            var page = await FindAsync(table, next, cancellationToken).ConfigureAwait(false);
            foreach (var hit in page.Hits) yield return hit;
            if (page.NextCursor is not { } cursor) yield break;
            next = query with { Cursor = cursor };
        }
    }

    /// <summary>Runs at most 16 searches, also in several tables. Equal pictures are embedded once.</summary>
    /// <param name="queries">The searches. Pictures that are uploaded are in memory during the call.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>An answer or a problem for each search.</returns>
    public async Task<IReadOnlyList<SearchResult>> FindManyAsync(IEnumerable<TableQuery> queries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var written = new List<(string Table, Action<Utf8JsonWriter> Write)>();
        foreach (var (table, query) in queries) written.Add((table, await query.ToJsonAsync(cancellationToken).ConfigureAwait(false)));
        var body = Members.ObjectOf(json =>
        {
            json.WriteStartArray("queries");
            foreach (var (table, write) in written)
            {
                json.WriteStartObject();
                json.WriteString("table", table);
                write(json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        var call = new Call(HttpMethod.Post, Call.PathOf("search")) { Body = new JsonBody(body) };
        return (await _sender.ReadAsync(call, ClientJson.Wire.SearchResults, cancellationToken).ConfigureAwait(false)).Results;
    }
}
