using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Vectors;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Storage.Milvus.Collections;

/// <summary>
/// Reads a collection and the catalog side by side in order of id, with one page of each in memory. Rows that the collection lacks or has
/// in another version are reported as missing; rows that the catalog lacks are deleted from the collection.
/// </summary>
internal sealed class CollectionReconciler(MilvusTable table, ICatalog catalog)
{
    private const int PageSize = MilvusQuery.MaxRows;

    // Milvus parses long.MinValue as a positive number that is too large.
    private const long MinId = -long.MaxValue;

    private readonly List<long> _missing = [];
    private long _removed;
    private long _inCatalog;

    /// <param name="catalogRows">All of the catalog's rows, ascending by id.</param>
    /// <param name="cancellationToken">Cancels the run; rows that are already deleted stay deleted.</param>
    public async Task<Reconciliation> RunAsync(
        IAsyncEnumerable<IReadOnlyList<RowVersion>> catalogRows, CancellationToken cancellationToken)
    {
        await table.Collection.EnsureLoadedAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await CompareRowsAsync(catalogRows, cancellationToken).ConfigureAwait(false);
        await RemoveOrphanedObjectsAsync(cancellationToken).ConfigureAwait(false);
        return new Reconciliation(_missing, _removed, _inCatalog);
    }

    private async Task CompareRowsAsync(IAsyncEnumerable<IReadOnlyList<RowVersion>> catalogRows, CancellationToken cancellationToken)
    {
        var stored = await ReadAsync(-1, long.MaxValue, cancellationToken).ConfigureAwait(false);
        var at = 0;
        var surplus = new List<RowVersion>();
        await foreach (var rows in catalogRows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            _inCatalog += rows.Count;
            foreach (var row in rows)
            {
                while (await AdvancePastAsync(row.Id).ConfigureAwait(false))
                {
                }

                if (at < stored.Count && stored[at].Id == row.Id)
                {
                    if (stored[at].Version != row.Version) _missing.Add(row.Id);
                    at++;
                }
                else
                {
                    _missing.Add(row.Id);
                }
            }
        }

        while (await AdvancePastAsync(long.MaxValue).ConfigureAwait(false))
        {
        }

        await RemoveAsync(surplus, cancellationToken).ConfigureAwait(false);

        // Advances in the collection; returns true while its next row may precede the catalog's.
        async Task<bool> AdvancePastAsync(long id)
        {
            if (at == stored.Count)
            {
                if (stored.Count == 0) return false;
                (stored, at) = (await ReadAsync(stored[^1].Id, long.MaxValue, cancellationToken).ConfigureAwait(false), 0);
                return stored.Count > 0;
            }

            if (stored[at].Id >= id) return false;
            surplus.Add(stored[at++]);
            if (surplus.Count < PageSize) return true;
            await RemoveAsync(surplus, cancellationToken).ConfigureAwait(false);
            surplus.Clear();
            return true;
        }
    }

    // The two reads are not simultaneous, so a row is deleted only after the catalog confirms that it does not exist.
    private async Task RemoveAsync(List<RowVersion> surplus, CancellationToken cancellationToken)
    {
        if (surplus.Count == 0) return;
        var deleted = await DeletedAsync(surplus, texts => row => !texts.Texts.ContainsKey(row.Id) && !texts.Moved.Contains(row.Id), cancellationToken)
            .ConfigureAwait(false);
        if (deleted.Count == 0) return;
        await table.RemoveAsync(deleted).WaitAsync(cancellationToken).ConfigureAwait(false);
        _removed += deleted.Count;
    }

    // A main object's vector can outlive its row.
    private async Task RemoveOrphanedObjectsAsync(CancellationToken cancellationToken)
    {
        for (var last = MinId; ;)
        {
            var objects = await ReadAsync(last, 0, cancellationToken).ConfigureAwait(false);
            if (objects.Count == 0) return;
            last = objects[^1].Id;
            var rows = objects.Select(stored => new RowVersion(CollectionWrites.RowId(stored.Id), stored.Version)).ToList();
            var orphans = await DeletedAsync(rows, texts => row => !texts.Texts.ContainsKey(row.Id), cancellationToken).ConfigureAwait(false);
            if (orphans.Count == 0) continue;
            long[] ids = [.. orphans.Select(row => CollectionWrites.ObjectId(row.Id))];
            await table.OnCollectionAsync(() => table.Client.DeleteAsync(table.Collection.Name, ids, cancellationToken)).ConfigureAwait(false);
        }
    }

    private async Task<List<RowVersion>> DeletedAsync(
        List<RowVersion> rows, Func<JoinedRows, Func<RowVersion, bool>> isDeleted, CancellationToken cancellationToken)
    {
        var joined = await catalog.ReadTextsAsync(table.Record.Generation, rows, cancellationToken).ConfigureAwait(false);
        return [.. rows.Where(isDeleted(joined.OrThrow()))];
    }

    private async Task<List<RowVersion>> ReadAsync(long after, long before, CancellationToken cancellationToken)
    {
        var query = new MilvusQuery(
            string.Create(CultureInfo.InvariantCulture, $"{MilvusSchema.Id} > {after} && {MilvusSchema.Id} < {before}"),
            PageSize,
            [MilvusSchema.Id, MilvusSchema.Version])
        {
            Strong = true,
        };
        var page = await table.OnCollectionAsync(() => table.Client.QueryAsync(table.Collection.Name, query, cancellationToken)).ConfigureAwait(false);
        var (ids, versions) = (page.Int64s(MilvusSchema.Id), page.Int64s(MilvusSchema.Version));
        var rows = new List<RowVersion>(ids.Count);
        for (var i = 0; i < ids.Count; i++) rows.Add(new RowVersion(ids[i], (int)Math.Clamp(versions[i], 0, int.MaxValue)));
        rows.Sort((a, b) => a.Id.CompareTo(b.Id));
        return rows;
    }
}
