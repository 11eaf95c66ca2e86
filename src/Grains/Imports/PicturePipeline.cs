using ImageSearch.Fetching;

namespace ImageSearch.Grains.Imports;

/// <summary>The steps of each picture of an import: load, embed, store.</summary>
internal interface IPicturePipeline
{
    /// <summary>Whether an item with the picture's key is kept and the picture is done; or <see cref="FailureCode.ItemExists"/>.</summary>
    Task<Result<bool>> IsKeptAsync(ImportItem item, ImportWork work, CancellationToken cancellationToken);

    /// <summary>Fetches the picture's bytes or reads them from a file.</summary>
    Task<Result<LoadedPicture>> LoadAsync(ImportItem item, CancellationToken cancellationToken);

    /// <summary>Embeds the picture. Disposes the bytes once nothing reads them.</summary>
    Task<Result<PictureVectors>> EmbedAsync(LoadedPicture picture, ImportItem item, ImportWork work, CancellationToken cancellationToken);

    /// <summary>Adds the picture to its table.</summary>
    /// <returns>Why the picture is not stored; null on success.</returns>
    Task<Failure?> StoreAsync(PictureVectors vectors, ImportItem item, ImportWork work, CancellationToken cancellationToken);
}

/// <summary>The pipeline over the loader and the grains.</summary>
internal sealed class PicturePipeline(IGrainFactory grains, PictureLoader loader, InlinePictures inline, ImportAdder adder) : IPicturePipeline
{
    /// <inheritdoc/>
    public async Task<Result<bool>> IsKeptAsync(ImportItem item, ImportWork work, CancellationToken cancellationToken)
    {
        if (item.Failure is { } invalid) return invalid;
        var found = await Items(work).GetItemAsync(new ItemReference(item.Texts.Key, 0), withVectors: false, cancellationToken);
        if (!found.TryGet(out var existing, out var failure)) return failure.Code == FailureCode.ItemNotFound ? false : failure;
        if (work.OnExistingKey == KeyRule.Skip) return true;
        // A process that died after it stored the picture and before it recorded that leaves this item.
        var isOurs = existing.Texts == item.Texts && string.CompareOrdinal(existing.Created, work.Began) >= 0;
        return isOurs ? true : new Failure(FailureCode.ItemExists, "an item has this key; send on_existing_key=replace or skip, or another key");
    }

    /// <inheritdoc/>
    public Task<Result<LoadedPicture>> LoadAsync(ImportItem item, CancellationToken cancellationToken)
    {
        if (item.Failure is { } invalid) return Task.FromResult<Result<LoadedPicture>>(invalid);
        if (item.IsInline) return inline.LoadAsync(item.Line, cancellationToken);
        return loader.LoadAsync(item.Url is { } url ? new PictureSource.Url(url) : new PictureSource.ServerFile(item.Path!), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Result<PictureVectors>> EmbedAsync(
        LoadedPicture picture, ImportItem item, ImportWork work, CancellationToken cancellationToken)
    {
        var target = new EmbeddingTarget(work.Model, EmbeddingUse.Import);
        try
        {
            var embedded = await grains.GetGrain<IEmbeddingGrain>(IEmbeddingGrain.Key)
                .EmbedAsync(picture.Content, work.Views, target, cancellationToken);
            picture.Dispose();
            return embedded;
        }
        catch
        {
            // A grain gets an exception if a call is unanswered: the callee may still read the bytes.
            picture.Abandon();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<Failure?> StoreAsync(PictureVectors vectors, ImportItem item, ImportWork work, CancellationToken cancellationToken)
    {
        if (work.IsDryRun) return null;
        if (work.OnExistingKey == KeyRule.Replace)
        {
            var row = new NewPicture(vectors, item.Texts, ReplaceSameKey: true, work.Generation);
            return (await adder.AddAsync(work.Table, row, cancellationToken)).Failure;
        }

        var put = new ItemPut(vectors, item.Texts, work.OnExistingKey) { Generation = work.Generation };
        return (await Items(work).PutItemsAsync([put], cancellationToken)).TryGet(out var puts, out var failure) ? puts[0].Failure : failure;
    }

    private ITableItemsGrain Items(ImportWork work) => grains.GetGrain<ITableItemsGrain>(work.Table.Value);
}
