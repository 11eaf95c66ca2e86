using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.MySql.Writing;

/// <summary>Puts items in one commit. If the database refuses it because of one item, each item is put alone.</summary>
internal static class BulkPut
{
    public static async Task<Result<IReadOnlyList<Result<ItemWrite>>>> RunAsync(
        IReadOnlyList<ItemPut> items,
        bool searchable,
        Func<List<EncodedPut>, Task<List<EncodedPut>>> store,
        Func<IReadOnlyList<EncodedPut>, CancellationToken, Task<Result<Result<ItemWrite>[]>>> write,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        var results = new Result<ItemWrite>[items.Count];
        var puts = await store(EncodedPut.From(items, searchable, results)).ConfigureAwait(false);
        if (puts.Count == 0) return results;
        try
        {
            if (!(await write(puts, cancellationToken).ConfigureAwait(false)).TryGet(out var written, out var failure)) return failure;
            for (var i = 0; i < written.Length; i++) results[puts[i].Position] = written[i];
        }
        catch (CatalogException e) when (IsOfOneItem(e))
        {
            foreach (var put in puts) results[put.Position] = puts.Count > 1 ? await AloneAsync(put, write).ConfigureAwait(false) : FailureOf(e);
        }

        return results;
    }

    // Others may be stored already, so that any failure is this item's alone, and the call is not cancelled.
    private static async Task<Result<ItemWrite>> AloneAsync(
        EncodedPut put, Func<IReadOnlyList<EncodedPut>, CancellationToken, Task<Result<Result<ItemWrite>[]>>> write)
    {
        try
        {
            var written = await write([put], CancellationToken.None).ConfigureAwait(false);
            return written.TryGet(out var results, out var failure) ? results[0] : failure;
        }
        catch (CatalogException e)
        {
            return FailureOf(e);
        }
    }

    private static bool IsOfOneItem(CatalogException e) => e.Code is not (FailureCode.CatalogUnavailable or FailureCode.TableDropped);

    private static Failure FailureOf(CatalogException e) => new(e.Code, e.Message);
}
