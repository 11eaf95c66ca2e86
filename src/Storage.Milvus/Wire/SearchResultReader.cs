using ImageSearch.Storage.Milvus.Protocol;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Reads the response of a search: one list with the hits of all queries, and the number of hits of each query.</summary>
internal static class SearchResultReader
{
    /// <exception cref="MilvusException">The response is inconsistent.</exception>
    public static IReadOnlyList<IReadOnlyList<MilvusHit>> Read(MilvusOptions options, SearchResultData? data, int queries, int topK)
    {
        var ids = data?.Ids?.IntId?.Data;
        if (data is null || ids is null or { Count: 0 })
        {
            if (data is { Scores.Count: > 0 } || data is not null && data.Topks.Any(count => count != 0))
            {
                throw Garbled("scores and no ids");
            }

            return [.. Enumerable.Repeat<IReadOnlyList<MilvusHit>>([], queries)];
        }

        if (data.Scores.Count != ids.Count) throw Garbled($"{ids.Count} ids and {data.Scores.Count} scores");
        if (data.Topks.Count != queries) throw Garbled($"results of {data.Topks.Count} queries instead of {queries}");
        if (data.Topks.Any(count => count < 0 || count > topK)) throw Garbled("more results than requested");
        if (data.Topks.Sum() != ids.Count) throw Garbled($"{ids.Count} ids and {data.Topks.Sum()} results");
        var versions = new MilvusPage(options, data.FieldsData).Int64s(MilvusSchema.Version);
        if (versions.Count != ids.Count) throw Garbled($"{ids.Count} ids and {versions.Count} versions");

        var results = new IReadOnlyList<MilvusHit>[queries];
        var next = 0;
        for (var query = 0; query < queries; query++)
        {
            var hits = new MilvusHit[(int)data.Topks[query]];
            for (var i = 0; i < hits.Length; i++, next++)
            {
                if (!float.IsFinite(data.Scores[next])) throw Garbled("a score that is not finite");
                hits[i] = new MilvusHit(ids[next], versions[next], data.Scores[next]);
            }

            results[query] = hits;
        }

        return results;

        MilvusException Garbled(string what) => MilvusFaults.Garbled(options, $"its search response has {what}");
    }
}
