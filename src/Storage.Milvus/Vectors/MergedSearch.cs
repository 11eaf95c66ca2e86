using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Collections;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>
/// Searches of a table: Milvus' answer, which may lack the last seconds, merged with an exact search of what this process wrote in them.
/// </summary>
internal static class MergedSearch
{
    // What a search of Milvus may ask for.
    private const int MaxHits = 16_384;

    // Hits that are hidden by newer writes cost a second search only where there are more of them.
    private const int MaxSpare = 32;

    public static async Task<IReadOnlyList<VectorHit>> SearchAsync(
        MilvusTable table, IReadOnlyList<ReadOnlyMemory<float>> views, int topK, MilvusOptions options, CancellationToken cancellationToken)
    {
        if (table.Collection.LacksRows)
        {
            throw new VectorStoreException(
                $"the vectors of table {table.Record.Generation.Name} were lost in Milvus and are being written anew from the catalog; "
                + "/health/ready says how far it is, search again later");
        }

        if (await LoadedAsync(table, options, cancellationToken).ConfigureAwait(false) is not { } loaded)
            return Best(table.RecentWrites.Snapshot(0).Entries, views, new Dictionary<long, VectorHit>(), topK);

        for (var asked = Math.Min(topK + Math.Min(table.RecentWrites.Count, MaxSpare), MaxHits); ;)
        {
            var (guarantee, written) = table.RecentWrites.Snapshot(loaded.MinGuarantee);
            var search = IndexParameters.ForSearch(loaded.Index, asked, guarantee, options.StrongConsistency);
            var found = await table.OnCollectionAsync(
                () => table.Client.SearchAsync(table.Collection.Name, views, asked, search, cancellationToken)).ConfigureAwait(false);

            var nearest = new Dictionary<long, VectorHit>();
            var horizon = float.MaxValue;
            foreach (var hits in found)
            {
                var farthest = 0f;
                foreach (var hit in hits) farthest = Math.Max(farthest, Take(hit, search.MetricType, nearest));
                if (hits.Count >= asked) horizon = Math.Min(horizon, farthest);
            }

            // Rows beyond the horizon were not looked at.
            var best = Best(written, views, nearest, topK);
            if (asked == MaxHits || horizon == float.MaxValue || (best.Count == topK && best[^1].SquaredDistance <= horizon)) return best;
            asked = Math.Min(2 * asked, MaxHits);
        }
    }

    // Null: the collection is new, all that is in it was written here and is in the writes still.
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

    private static float Take(MilvusHit hit, string metric, Dictionary<long, VectorHit> nearest)
    {
        var row = new RowVersion(CollectionWrites.RowId(hit.Id), (int)Math.Clamp(hit.Version, 0, int.MaxValue));
        var distance = IndexParameters.SquaredDistance(metric, hit.Score);
        if (!nearest.TryGetValue(row.Id, out var other)
            || row.Version > other.Row.Version
            || (row.Version == other.Row.Version && distance < other.SquaredDistance))
        {
            nearest[row.Id] = new VectorHit(row, distance);
        }

        return distance;
    }

    // A write of this process stands in the place of what the server says of the row, unless the server has a newer version.
    private static List<VectorHit> Best(
        RecentWrite[] written, IReadOnlyList<ReadOnlyMemory<float>> views, Dictionary<long, VectorHit> nearest, int topK)
    {
        foreach (var entry in written)
        {
            if (nearest.TryGetValue(entry.Row.Id, out var hit) && hit.Row.Version > entry.Row.Version) continue;
            if (entry.Vectors is { } vectors)
                nearest[entry.Row.Id] = new VectorHit(entry.Row, UnitVectors.Nearest(vectors, views));
            else
                nearest.Remove(entry.Row.Id);
        }

        return [.. nearest.Values.OrderBy(hit => hit.SquaredDistance).ThenBy(hit => hit.Row.Id).Take(topK)];
    }
}
