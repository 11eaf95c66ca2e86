using ImageSearch.Api.Limits;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.Security.Audit;
using ImageSearch.Api.Security.Keys;
using ImageSearch.Api.Settings;
using ImageSearch.Fetching;

namespace ImageSearch.Api.Pictures;

/// <summary>
/// Adds, changes and searches pictures. The table is checked first: a call that can't succeed costs no fetch and no inference. Then the
/// picture is loaded and embedded, and the vectors go to the table.
/// </summary>
internal sealed class PictureLibrary(
    IGrainFactory grains, TableLookup tables, PictureEmbedder embedder, RequestLimiter limiter, KeyQuota quota, AuditTrail audit, IHttpContextAccessor accessor,
    ServiceSettings settings)
{
    /// <returns>The new row's id.</returns>
    public Task<Result<long>> AddAsync(
        TableName table, PictureSource source, PictureTexts texts, bool replaceSameKey, CancellationToken cancellationToken) =>
        tables.WithModelAsync(table, () => AddOnceAsync(table, source, texts, replaceSameKey, cancellationToken));

    private async Task<Result<long>> AddOnceAsync(
        TableName table, PictureSource source, PictureTexts texts, bool replaceSameKey, CancellationToken cancellationToken)
    {
        if (!(await tables.FindAsync(table, cancellationToken)).TryGet(out var status, out var failure)) return failure;
        if (await quota.CheckRowsAsync(Caller.Of(accessor), 1, cancellationToken) is { } full) return full;
        var embedded = await LoadAndEmbedAsync(source, status, EmbeddingUse.Add, cancellationToken);
        if (!embedded.TryGet(out var vectors, out failure)) return failure;
        return await StoreAsync(vectors, () => grains.Table(table).AddAsync(new NewPicture(vectors, texts, replaceSameKey), cancellationToken));
    }

    /// <summary>
    /// As <see cref="AddAsync"/>, but creates a missing table and gives a picture without a key the MD5 of its bytes. The picture is
    /// embedded first: an invalid one creates no table.
    /// </summary>
    public Task<Result<long>> AddToLibraryAsync(
        TableName table, PictureSource source, PictureTexts texts, bool replaceSameKey, CancellationToken cancellationToken) =>
        tables.WithModelAsync(table, () => AddToLibraryOnceAsync(table, source, texts, replaceSameKey, cancellationToken));

    private async Task<Result<long>> AddToLibraryOnceAsync(
        TableName table, PictureSource source, PictureTexts texts, bool replaceSameKey, CancellationToken cancellationToken)
    {
        var found = await tables.FindAsync(table, cancellationToken);
        if (found.Failure is { Code: not FailureCode.TableNotFound } unavailable) return unavailable;
        if (found.Failure is not null && await CheckNewTableAsync(table, cancellationToken) is { } mayNot) return mayNot;
        if (await quota.CheckRowsAsync(Caller.Of(accessor), 1, cancellationToken) is { } full) return full;
        if (!(await embedder.LoadAsync(source, cancellationToken)).TryGet(out var picture, out var failure)) return failure;
        texts = texts with { Key = texts.Key ?? PictureKey.OfBytes(picture.Content.Span) };
        _ = found.TryGet(out var status, out _);
        var embedded = await embedder.EmbedAsync(
            picture, settings.Views(EmbeddingUse.Add), Target(status, EmbeddingUse.Add), cancellationToken);
        if (!embedded.TryGet(out var vectors, out failure)) return failure;
        var row = new NewPicture(vectors, texts, replaceSameKey);
        var added = await StoreAsync(vectors, () => grains.Table(table).AddAsync(row, cancellationToken));
        if (added.Failure?.Code != FailureCode.TableNotFound) return added;
        var created = await grains.Table(table).CreateAsync(vectors.Model, cancellationToken);
        tables.Invalidate(table);
        audit.Record(accessor.HttpContext!, "table.create", table.Value, created.Failure);
        if (!created.TryGet(out status, out failure)) return failure;
        // Another call has created it with the model that another silo prefers: the next attempt embeds with that.
        if (status.Model != vectors.Model) return new Failure(FailureCode.Busy, $"table {table} was created a moment ago; send the picture again");
        return await StoreAsync(vectors, () => grains.Table(table).AddAsync(row, cancellationToken));
    }

    /// <param name="table">The table.</param>
    /// <param name="id">The row.</param>
    /// <param name="source">The new picture; null to keep the old one.</param>
    /// <param name="texts">The new texts, each null to keep.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The row's id.</returns>
    public Task<Result<long>> UpdateAsync(
        TableName table, long id, PictureSource? source, PictureTexts texts, CancellationToken cancellationToken) =>
        tables.WithModelAsync(table, () => UpdateOnceAsync(table, id, source, texts, cancellationToken));

    private async Task<Result<long>> UpdateOnceAsync(
        TableName table, long id, PictureSource? source, PictureTexts texts, CancellationToken cancellationToken)
    {
        if (!(await tables.FindAsync(table, cancellationToken)).TryGet(out var status, out var failure)) return failure;
        if (source is null)
        {
            if (!limiter.Acquire(CallCost.Cheap).TryGet(out var lease, out var busy)) return busy;
            using (lease) return await grains.Table(table).UpdateAsync(new PictureChange(id, null, texts), cancellationToken);
        }

        var embedded = await LoadAndEmbedAsync(source, status, EmbeddingUse.Add, cancellationToken);
        return embedded.TryGet(out var vectors, out failure)
            ? await StoreAsync(vectors, () => grains.Table(table).UpdateAsync(new PictureChange(id, vectors, texts), cancellationToken))
            : failure;
    }

    /// <returns>The nearest rows.</returns>
    public Task<Result<PictureHits>> SearchAsync(
        TableName table, PictureSource source, int topK, CancellationToken cancellationToken) =>
        tables.WithModelAsync(table, () => SearchOnceAsync(table, source, topK, cancellationToken));

    private async Task<Result<PictureHits>> SearchOnceAsync(
        TableName table, PictureSource source, int topK, CancellationToken cancellationToken)
    {
        if (!(await tables.FindAsync(table, cancellationToken)).TryGet(out var status, out var failure)) return failure;
        var embedded = await LoadAndEmbedAsync(source, status, EmbeddingUse.Search, cancellationToken);
        return embedded.TryGet(out var vectors, out failure)
            ? await grains.Table(table).SearchAsync(new PictureQuery(vectors, topK), cancellationToken)
            : failure;
    }

    /// <summary>
    /// As <see cref="SearchAsync"/>, but a missing table counts as an empty one. The picture is embedded even so: an invalid one gets the
    /// same answer before and after the first add.
    /// </summary>
    public async Task<Result<PictureHits>> SearchLibraryAsync(
        TableName table, PictureSource source, int topK, CancellationToken cancellationToken)
    {
        var found = await SearchAsync(table, source, topK, cancellationToken);
        if (found.Failure?.Code != FailureCode.TableNotFound) return found;
        return (await LoadAndEmbedAsync(source, table: null, EmbeddingUse.Search, cancellationToken)).TryGet(out _, out var failure)
            ? new PictureHits(settings.Metric, [])
            : failure;
    }

    // An add that creates the table needs what creating it needs.
    private async ValueTask<Failure?> CheckNewTableAsync(TableName table, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(accessor);
        return caller.Has(KeyScope.Admin)
            ? await quota.CheckTableAsync(caller, table, cancellationToken)
            : new Failure(FailureCode.KeyForbidden, $"table {table} does not exist, and the key lacks the scope admin to create it") { Field = "table" };
    }

    private Task<Result<PictureVectors>> LoadAndEmbedAsync(
        PictureSource source, TableStatus? table, EmbeddingUse use, CancellationToken cancellationToken) =>
        embedder.LoadAndEmbedAsync(source, settings.Views(use), Target(table, use), cancellationToken);

    private async Task<Result<long>> StoreAsync(PictureVectors picture, Func<Task<Result<long>>> store)
    {
        if (picture.Kept?.Original is null) return await store();
        if (!limiter.Acquire(CallCost.Original).TryGet(out var lease, out var busy)) return busy;
        using (lease) return await store();
    }

    private EmbeddingTarget Target(TableStatus? table, EmbeddingUse use) => new(table?.Model, use)
    {
        Keeps = use == EmbeddingUse.Add ? (table?.Settings ?? TableSettings.Default).Keeps(settings.KeepPictures) : KeepPictures.None,
    };
}
