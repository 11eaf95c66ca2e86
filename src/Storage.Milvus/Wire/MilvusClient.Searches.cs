using System.Globalization;
using System.Text.Json;
using ImageSearch.Storage.Milvus.Protocol;
using KeyValuePair = ImageSearch.Storage.Milvus.Protocol.KeyValuePair;

namespace ImageSearch.Storage.Milvus.Wire;

/// <content>Searches, queries and counts.</content>
public sealed partial class MilvusClient
{
    // 2.2 derives the consistency level from the timestamp: these values mean Strong and Bounded. Newer versions have a separate field.
    private const ulong StrongTimestamp = 0;
    private const ulong BoundedTimestamp = 2;

    private const string CountField = "count(*)";

    /// <summary>The nearest rows of each query vector, nearest first.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="queries">Vectors of the collection's dimension, at least one.</param>
    /// <param name="topK">The maximum number of hits per query, 1..16,384.</param>
    /// <param name="search">The parameters of the search.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The hits of each query.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<MilvusHit>>> SearchAsync(
        string collection, IReadOnlyList<ReadOnlyMemory<float>> queries, int topK, MilvusSearch search, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        var (level, timestamp) = Consistency(search.Strong, search.Guarantee);
        var request = new SearchRequest
        {
            DbName = _options.Database,
            CollectionName = collection,
            DslType = DslType.BoolExprV1,
            Dsl = search.Filter ?? "",
            PlaceholderGroup = QueryVectors.From(queries),
            OutputFields = { MilvusSchema.Version },
            SearchParams =
            {
                Pair("anns_field", MilvusSchema.Embedding),
                Pair("topk", topK.ToString(CultureInfo.InvariantCulture)),
                Pair("metric_type", search.MetricType),
                Pair("params", JsonSerializer.Serialize(search.Parameters, MilvusJson.Default.IReadOnlyDictionaryStringInt32)),
                Pair("round_decimal", "-1"),
            },
            Nq = queries.Count,
            ConsistencyLevel = level,
            GuaranteeTimestamp = timestamp,
        };
        var response = await CallAsync(
            "Search", Service.SearchAsync, request, a => a.Status, _options.SearchTimeout, cancellationToken).ConfigureAwait(false);
        return SearchResultReader.Read(_options, response.Results, queries.Count, topK);
    }

    /// <summary>The rows that match a filter.</summary>
    public async Task<MilvusPage> QueryAsync(string collection, MilvusQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MilvusQuery.MaxRows);
        // 2.4 and newer return the rows with the lowest keys only with reduce_stop_for_best. With it, 2.3 stops when one segment or shard
        // is exhausted and omits rows of the others (measured: 2 of 100 rows in 2 shards). So a page that is not full is requested again
        // without it: either there are no more rows, or the server then merges all segments.
        if (query.LowestFirst)
        {
            var page = await QueryAsync(collection, query, stopForBest: true, cancellationToken).ConfigureAwait(false);
            if (page.RowCount >= query.Limit) return page;
        }

        return await QueryAsync(collection, query, stopForBest: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task<MilvusPage> QueryAsync(string collection, MilvusQuery query, bool stopForBest, CancellationToken cancellationToken)
    {
        var request = QueryRequest(collection, query.Strong, query.Guarantee);
        request.Expr = query.Filter;
        request.OutputFields.Add(query.OutputFields);
        request.QueryParams.Add(Pair("limit", query.Limit.ToString(CultureInfo.InvariantCulture)));
        if (stopForBest) request.QueryParams.Add(Pair("reduce_stop_for_best", "true"));
        var response = await CallAsync(
            "Query", Service.QueryAsync, request, a => a.Status, _options.AdminTimeout, cancellationToken).ConfigureAwait(false);
        return new MilvusPage(_options, response.FieldsData);
    }

    /// <summary>The number of rows of a loaded collection.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="strong">Whether to wait for all earlier writes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<long> CountAsync(string collection, bool strong, CancellationToken cancellationToken)
    {
        var request = QueryRequest(collection, strong, null);
        request.OutputFields.Add(CountField);
        var response = await CallAsync(
            "Query", Service.QueryAsync, request, a => a.Status, _options.AdminTimeout, cancellationToken).ConfigureAwait(false);
        var counts = new MilvusPage(_options, response.FieldsData).Int64s(CountField);
        return counts is [>= 0 and var count] ? count : throw MilvusFaults.Garbled(_options, "its response has no count");
    }

    private QueryRequest QueryRequest(string collection, bool strong, ulong? guarantee)
    {
        var (level, timestamp) = Consistency(strong, guarantee);
        return new QueryRequest
        {
            DbName = _options.Database,
            CollectionName = collection,
            ConsistencyLevel = level,
            GuaranteeTimestamp = timestamp,
        };
    }

    private static (ConsistencyLevel Level, ulong Timestamp) Consistency(bool strong, ulong? guarantee) => (strong, guarantee) switch
    {
        (true, _) => (ConsistencyLevel.Strong, StrongTimestamp),
        (_, { } timestamp) => (ConsistencyLevel.Customized, timestamp),
        _ => (ConsistencyLevel.Bounded, BoundedTimestamp),
    };

    private static KeyValuePair Pair(string key, string value) => new() { Key = key, Value = value };
}
