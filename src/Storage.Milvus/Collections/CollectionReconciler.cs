using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Vectors;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Storage.Milvus.Collections;

/// <summary>
/// Walks through a collection and the catalog side by side, both by id, a page of each in memory: what the catalog has and the collection
/// has not, or with another version, is missing; what the catalog has not goes.
/// </summary>
internal sealed class CollectionReconciler(MilvusTable table, ICatalog catalog)
{
    private const int Page = MilvusQuery.MaxRows;

    // Milvus reads the least of all numbers as a positive one that is too large.
    private const long BeforeAll = -long.MaxValue;

    private readonly List<long> _missing = [];
    private long _removed;
    private long _inCatalog;

    /// <param name="catalogRows">All of the catalog's rows, ascending by id.</param>
    /// <param name="cancellationToken">Ends it; what is gone stays so.</param>
    public async Task<Reconciliation> RunAsync(
        IAsyncEnumerable<IReadOnlyList<RowVersion>> catalogRows, CancellationToken cancellationToken)
    {
        await table.Collection.EnsureLoadedAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await CompareRowsAsync(catalogRows, cancellationToken).ConfigureAwait(false);
        await RemoveOldObjectsAsync(cancellationToken).ConfigureAwait(false);
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

        // Moves on in the collection; true while its next row may lie before the catalog's.
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
            if (surplus.Count < Page) return true;
            await RemoveAsync(surplus, cancellationToken).ConfigureAwait(false);
            surplus.Clear();
            return true;
        }
    }

    // The two are not read at one moment: only the catalog's word that a row is not there now makes it go.
    private async Task RemoveAsync(List<RowVersion> surplus, CancellationToken cancellationToken)
    {
        if (surplus.Count == 0) return;
        var gone = await GoneAsync(surplus, texts => row => !texts.Texts.ContainsKey(row.Id) && !texts.Moved.Contains(row.Id), cancellationToken)
            .ConfigureAwait(false);
        if (gone.Count == 0) return;
        await table.RemoveAsync(gone).WaitAsync(cancellationToken).ConfigureAwait(false);
        _removed += gone.Count;
    }

    // A main object's vector that outlived its picture is no row's any more.
    private async Task RemoveOldObjectsAsync(CancellationToken cancellationToken)
    {
        for (var last = BeforeAll; ;)
        {
            var objects = await ReadAsync(last, 0, cancellationToken).ConfigureAwait(false);
            if (objects.Count == 0) return;
            last = objects[^1].Id;
            var rows = objects.Select(stored => new RowVersion(CollectionWrites.RowId(stored.Id), stored.Version)).ToList();
            var old = await GoneAsync(rows, texts => row => !texts.Texts.ContainsKey(row.Id), cancellationToken).ConfigureAwait(false);
            if (old.Count == 0) continue;
            long[] ids = [.. old.Select(row => CollectionWrites.ObjectId(row.Id))];
            await table.OnCollectionAsync(() => table.Client.DeleteAsync(table.Collection.Name, ids, cancellationToken)).ConfigureAwait(false);
        }
    }

    private async Task<List<RowVersion>> GoneAsync(
        List<RowVersion> rows, Func<JoinedRows, Func<RowVersion, bool>> isGone, CancellationToken cancellationToken)
    {
        var joined = await catalog.ReadTextsAsync(table.Record.Generation, rows, cancellationToken).ConfigureAwait(false);
        return joined.TryGet(out var texts, out var failure)
            ? [.. rows.Where(isGone(texts))]
            : throw new CatalogException(failure.Code, failure.Message);
    }

    private async Task<List<RowVersion>> ReadAsync(long after, long before, CancellationToken cancellationToken)
    {
        var query = new MilvusQuery(
            string.Create(CultureInfo.InvariantCulture, $"{MilvusSchema.Id} > {after} && {MilvusSchema.Id} < {before}"),
            Page,
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
