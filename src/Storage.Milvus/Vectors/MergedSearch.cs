using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Collections;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>
/// Searches a table: Milvus' results, which may lack the last seconds, are merged with an exact search of this process's recent writes.
/// </summary>
internal static class MergedSearch
{
    /// <summary>Milvus' limit.</summary>
    public const int MaxHits = 16_384;

    // An id and its complement take about 16 bytes: 64 KB a request.
    private const int MaxRowsPerExpression = 4096;

    // Extra hits that are requested to replace those hidden by newer writes. If more are hidden, a second search is made.
    private const int MaxSpare = 32;

    public static async Task<IReadOnlyList<VectorHit>> SearchAsync(
        MilvusTable table, IReadOnlyList<ReadOnlyMemory<float>> views, int topK, AllowedRows? allowed, MilvusOptions options,
        CancellationToken cancellationToken)
    {
        ThrowIfRowsAreMissing(table);
        if (await LoadedAsync(table, options, cancellationToken).ConfigureAwait(false) is not { } loaded)
            return Best(table.RecentWrites.Snapshot(0).Entries, views, new Dictionary<long, VectorHit>(), topK, allowed);

        for (var requested = Math.Min(topK + Math.Min(table.RecentWrites.Count, MaxSpare), MaxHits); ;)
        {
            var (guarantee, written) = table.RecentWrites.Snapshot(loaded.MinGuarantee);
            var search = IndexParameters.ForSearch(loaded.Index, requested, guarantee, options.StrongConsistency);
            var found = await table.OnCollectionAsync(
                () => FindAsync(table, views, requested, search, allowed, cancellationToken)).ConfigureAwait(false);

            var nearest = new Dictionary<long, VectorHit>();
            var horizon = float.MaxValue;
            foreach (var hits in found)
            {
                var farthest = 0f;
                foreach (var hit in hits) farthest = Math.Max(farthest, Merge(hit, search.MetricType, nearest));
                if (hits.Count >= requested) horizon = Math.Min(horizon, farthest);
            }

            // Rows beyond the horizon are unknown.
            var best = Best(written, views, nearest, topK, allowed);
            if (requested == MaxHits || horizon == float.MaxValue || (best.Count == topK && best[^1].SquaredDistance <= horizon)) return best;
            requested = Math.Min(2 * requested, MaxHits);
        }
    }

    /// <summary>One request for all queries. A query for which it does not give enough rows is searched alone.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<VectorHit>>> SearchManyAsync(
        MilvusTable table, IReadOnlyList<ReadOnlyMemory<float>> queries, int topK, MilvusOptions options, CancellationToken cancellationToken)
    {
        ThrowIfRowsAreMissing(table);
        var many = new List<IReadOnlyList<VectorHit>>(queries.Count);
        if (await LoadedAsync(table, options, cancellationToken).ConfigureAwait(false) is { } loaded)
        {
            var requested = Math.Min(topK + Math.Min(table.RecentWrites.Count, MaxSpare), MaxHits);
            var (guarantee, written) = table.RecentWrites.Snapshot(loaded.MinGuarantee);
            var search = IndexParameters.ForSearch(loaded.Index, requested, guarantee, options.StrongConsistency);
            var found = await table.OnCollectionAsync(
                () => FindAsync(table, queries, requested, search, allowed: null, cancellationToken)).ConfigureAwait(false);
            for (var i = 0; i < queries.Count; i++)
            {
                var nearest = new Dictionary<long, VectorHit>();
                var farthest = 0f;
                foreach (var hit in found[i]) farthest = Math.Max(farthest, Merge(hit, search.MetricType, nearest));
                var best = Best(written, [queries[i]], nearest, topK, allowed: null);
                var isWhole = found[i].Count < requested || (best.Count == topK && best[^1].SquaredDistance <= farthest);
                many.Add(isWhole ? best : await SearchAsync(table, [queries[i]], topK, null, options, cancellationToken).ConfigureAwait(false));
            }

            return many;
        }

        foreach (var query in queries) many.Add(await SearchAsync(table, [query], topK, null, options, cancellationToken).ConfigureAwait(false));
        return many;
    }

    private static void ThrowIfRowsAreMissing(MilvusTable table)
    {
        if (!table.Collection.LacksRows) return;
        throw new VectorStoreException(
            $"the vectors of table {table.Record.Generation.Name} were lost in Milvus and are being restored from the catalog; "
            + "/health/ready shows the progress, search again later");
    }

    // Milvus filters by an expression of ids. The parts of a large set are searched one after another, and their hits are merged like those
    // of several views.
    private static async Task<IReadOnlyList<IReadOnlyList<MilvusHit>>> FindAsync(
        MilvusTable table, IReadOnlyList<ReadOnlyMemory<float>> views, int requested, MilvusSearch search, AllowedRows? allowed,
        CancellationToken cancellationToken)
    {
        if (allowed is null)
            return await table.Client.SearchAsync(table.Collection.Name, views, requested, search, cancellationToken).ConfigureAwait(false);
        var found = new List<IReadOnlyList<MilvusHit>>();
        foreach (var rows in allowed.Ids.Chunk(MaxRowsPerExpression))
        {
            var filter = IdExpression.AnyOf(rows.Concat(rows.Select(CollectionWrites.ObjectId)));
            found.AddRange(await table.Client.SearchAsync(
                table.Collection.Name, views, requested, search with { Filter = filter }, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    // Null if the collection is new and not loaded: this process wrote all of it, so RecentWrites still has everything.
    private static async Task<LoadedCollection?> LoadedAsync(MilvusTable table, MilvusOptions options, CancellationToken cancellationToken)
    {
        var loading = table.Collection.EnsureLoadedAsync();
        try
        {
            if (!loading.IsCompleted)
            {
                var isNew = await table.Collection.EnsureCreatedAsync().WaitAsync(options.SearchTimeout, cancellationToken).ConfigureAwait(false);
                if (isNew && !loading.IsCompleted) return null;
            }

            return await loading.WaitAsync(options.SearchTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new VectorStoreException(
                $"Milvus is still loading the collection of table {table.Record.Generation.Name}; search again in a moment", e);
        }
    }

    private static float Merge(MilvusHit hit, string metric, Dictionary<long, VectorHit> nearest)
    {
        var row = new RowVersion(CollectionWrites.RowId(hit.Id), (int)Math.Clamp(hit.Version, 0, int.MaxValue));
        var distance = IndexParameters.SquaredDistance(metric, hit.Score);
        if (!nearest.TryGetValue(row.Id, out var known)
            || row.Version > known.Row.Version
            || (row.Version == known.Row.Version && distance < known.SquaredDistance))
        {
            nearest[row.Id] = new VectorHit(row, distance);
        }

        return distance;
    }

    // A recent write replaces the server's result for its row unless the server has a newer version.
    private static List<VectorHit> Best(
        RecentWrite[] written, IReadOnlyList<ReadOnlyMemory<float>> views, Dictionary<long, VectorHit> nearest, int topK, AllowedRows? allowed)
    {
        foreach (var entry in written)
        {
            if (allowed is not null && !allowed.Contains(entry.Row.Id)) continue;
            if (nearest.TryGetValue(entry.Row.Id, out var hit) && hit.Row.Version > entry.Row.Version) continue;
            if (entry.Vectors is { } vectors)
                nearest[entry.Row.Id] = new VectorHit(entry.Row, ExactDistance.Nearest(vectors, views));
            else
                nearest.Remove(entry.Row.Id);
        }

        return [.. nearest.Values.OrderBy(hit => hit.SquaredDistance).ThenBy(hit => hit.Row.Id).Take(topK)];
    }
}
