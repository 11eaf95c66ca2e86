using ImageSearch.Api.Hosting;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Settings;
using ImageSearch.Fetching;

namespace ImageSearch.Api.Pictures;

/// <summary>
/// How a picture flows: its table is looked at first, so that a call that can't succeed costs no fetch and no inference; then its bytes
/// are brought, embedded, and handed to the table as vectors.
/// </summary>
internal sealed class PictureLibrary(
    IGrainFactory grains, PictureTables tables, PictureLoader loader, RequestLimiter admission, ProcessRole role, SiloLoss losses,
    ServiceSettings settings)
{
    /// <returns>The new row's id.</returns>
    public async Task<Result<long>> AddAsync(
        TableName table, PictureSource source, PictureTexts texts, bool replaceSameKey, CancellationToken cancellationToken)
    {
        var (status, failure) = await DescribeAsync(table, cancellationToken);
        if (status is null) return failure!;
        var embedded = await LoadAndEmbedAsync(source, forTable: true, cancellationToken);
        return embedded.TryGet(out var vectors, out failure)
            ? await tables.Grain(table).AddAsync(new NewPicture(vectors, texts, replaceSameKey), cancellationToken)
            : failure;
    }

    /// <summary>
    /// As <see cref="AddAsync"/>, but makes the table when it is not there and gives the picture a key made of its bytes. The picture is
    /// embedded first: one that is none makes no table.
    /// </summary>
    public async Task<Result<long>> AddToLibraryAsync(
        TableName table, PictureSource source, PictureTexts texts, bool replaceSameKey, CancellationToken cancellationToken)
    {
        if (!(await LoadAsync(source, cancellationToken)).TryGet(out var picture, out var failure)) return failure;
        texts = texts with { Key = texts.Key ?? PictureKey.OfBytes(picture.Content.Span) };
        var embedded = await EmbedAsync(picture, forTable: true, cancellationToken);
        if (!embedded.TryGet(out var vectors, out failure)) return failure;
        var row = new NewPicture(vectors, texts, replaceSameKey);
        var added = await tables.Grain(table).AddAsync(row, cancellationToken);
        if (added.Failure?.Code != FailureCode.TableNotFound) return added;
        return (await tables.CreateAsync(table, cancellationToken)).TryGet(out _, out failure)
            ? await tables.Grain(table).AddAsync(row, cancellationToken)
            : failure;
    }

    /// <param name="table">The table.</param>
    /// <param name="id">The row.</param>
    /// <param name="source">The new picture; null to keep the old one.</param>
    /// <param name="texts">The new texts, each null to keep.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The row's id.</returns>
    public async Task<Result<long>> UpdateAsync(
        TableName table, long id, PictureSource? source, PictureTexts texts, CancellationToken cancellationToken)
    {
        var (status, failure) = await DescribeAsync(table, cancellationToken);
        if (status is null) return failure!;
        if (source is null)
        {
            using var place = admission.Enter(CallCost.Cheap);
            return await tables.Grain(table).UpdateAsync(new PictureChange(id, null, texts), cancellationToken);
        }

        var embedded = await LoadAndEmbedAsync(source, forTable: true, cancellationToken);
        return embedded.TryGet(out var vectors, out failure)
            ? await tables.Grain(table).UpdateAsync(new PictureChange(id, vectors, texts), cancellationToken)
            : failure;
    }

    /// <returns>The nearest rows.</returns>
    public async Task<Result<PictureHits>> SearchAsync(
        TableName table, PictureSource source, int topK, CancellationToken cancellationToken)
    {
        var (status, failure) = await DescribeAsync(table, cancellationToken);
        if (status is null) return failure!;
        var embedded = await LoadAndEmbedAsync(source, forTable: false, cancellationToken);
        return embedded.TryGet(out var vectors, out failure)
            ? await tables.Grain(table).SearchAsync(new PictureQuery(vectors, topK), cancellationToken)
            : failure;
    }

    /// <summary>
    /// As <see cref="SearchAsync"/>, but a table that is not there yet is an empty one. The picture is judged all the same, so that a
    /// wrong one gets the same answer before and after the first add.
    /// </summary>
    public async Task<Result<PictureHits>> SearchLibraryAsync(
        TableName table, PictureSource source, int topK, CancellationToken cancellationToken)
    {
        var found = await SearchAsync(table, source, topK, cancellationToken);
        if (found.Failure?.Code != FailureCode.TableNotFound) return found;
        return (await LoadAndEmbedAsync(source, forTable: false, cancellationToken)).TryGet(out _, out var failure)
            ? new PictureHits(settings.Metric, [])
            : failure;
    }

    private async Task<Result<PictureVectors>> LoadAndEmbedAsync(PictureSource source, bool forTable, CancellationToken cancellationToken) =>
        (await LoadAsync(source, cancellationToken)).TryGet(out var picture, out var failure)
            ? await EmbedAsync(picture, forTable, cancellationToken)
            : failure;

    // A call that waits for somebody's server has no place among those that embed.
    private async Task<Result<LoadedPicture>> LoadAsync(PictureSource source, CancellationToken cancellationToken)
    {
        using var place = source is PictureSource.Bytes ? null : admission.Enter(CallCost.Fetch);
        return BusyException.ThrowIfBusy(await loader.LoadAsync(source, cancellationToken));
    }

    private async Task<(TableStatus? Status, Failure? Failure)> DescribeAsync(TableName table, CancellationToken cancellationToken) =>
        (await tables.Grain(table).DescribeAsync(cancellationToken)).TryGet(out var status, out var failure) ? (status, null) : (null, failure);

    private async Task<Result<PictureVectors>> EmbedAsync(LoadedPicture picture, bool forTable, CancellationToken cancellationToken)
    {
        // A message to another process may hold the bytes until it is answered: after a fault they are left to the collector then.
        var mayBeSent = false;
        try
        {
            using var place = admission.Enter(CallCost.Picture);
            var worker = grains.GetGrain<IEmbeddingGrain>(IEmbeddingGrain.Key);
            var isLost = false;
            while (true)
            {
                mayBeSent = role.IsInCluster;
                using var tried = CancellationTokenSource.CreateLinkedTokenSource(losses.Next, cancellationToken);
                try
                {
                    var embedded = await worker.EmbedAsync(picture.Content, settings.Views(forTable), tried.Token);
                    mayBeSent = isLost;
                    return BusyException.ThrowIfBusy(embedded);
                }
                catch (OperationCanceledException) when (tried.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                {
                    // The call may have been at the silo that is gone. Elsewhere it is cancelled and costs little.
                    isLost = true;
                }
            }
        }
        finally
        {
            if (!mayBeSent) picture.Dispose();
        }
    }
}
