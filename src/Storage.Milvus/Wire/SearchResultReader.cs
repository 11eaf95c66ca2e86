using ImageSearch.Storage.Milvus.Protocol;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Takes a search's answer apart: the hits of all queries stand in one row, with a count for each query.</summary>
internal static class SearchResultReader
{
    /// <exception cref="MilvusException">Its parts do not fit together.</exception>
    public static IReadOnlyList<IReadOnlyList<MilvusHit>> Read(MilvusOptions options, SearchResultData? data, int queries, int topK)
    {
        var ids = data?.Ids?.IntId?.Data;
        if (data is null || ids is null or { Count: 0 })
        {
            if (data is { Scores.Count: > 0 } || data is not null && data.Topks.Any(count => count != 0))
            {
                throw Wrong("it has scores and no ids");
            }

            return [.. Enumerable.Repeat<IReadOnlyList<MilvusHit>>([], queries)];
        }

        if (data.Scores.Count != ids.Count) throw Wrong($"{ids.Count} ids and {data.Scores.Count} scores");
        if (data.Topks.Count != queries) throw Wrong($"results of {data.Topks.Count} queries and not of {queries}");
        if (data.Topks.Any(count => count < 0 || count > topK)) throw Wrong("more results than were asked for");
        if (data.Topks.Sum() != ids.Count) throw Wrong($"{ids.Count} ids and {data.Topks.Sum()} results");
        var versions = new MilvusPage(options, data.FieldsData).Int64s(MilvusSchema.Version);
        if (versions.Count != ids.Count) throw Wrong($"{ids.Count} ids and {versions.Count} versions");

        var results = new IReadOnlyList<MilvusHit>[queries];
        var at = 0;
        for (var query = 0; query < queries; query++)
        {
            var hits = new MilvusHit[(int)data.Topks[query]];
            for (var i = 0; i < hits.Length; i++, at++)
            {
                if (!float.IsFinite(data.Scores[at])) throw Wrong("a score that is no number");
                hits[i] = new MilvusHit(ids[at], versions[at], data.Scores[at]);
            }

            results[query] = hits;
        }

        return results;

        MilvusException Wrong(string what) => MilvusFaults.Garbled(options, $"its search answer has {what}");
    }
}
