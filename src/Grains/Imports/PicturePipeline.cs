using ImageSearch.Fetching;

namespace ImageSearch.Grains.Imports;

/// <summary>The two steps of each picture of an import: load, then embed and store.</summary>
internal interface IPicturePipeline
{
    /// <summary>Fetches the picture's bytes or reads them from a file.</summary>
    Task<Result<LoadedPicture>> LoadAsync(ImportItem item, CancellationToken cancellationToken);

    /// <summary>Embeds the picture and adds it to its table. Disposes the bytes once nothing reads them.</summary>
    /// <returns>Why the picture is not stored; null on success.</returns>
    Task<Failure?> StoreAsync(LoadedPicture picture, ImportItem item, ImportWork work, CancellationToken cancellationToken);
}

/// <summary>The pipeline over the loader and the grains.</summary>
internal sealed class PicturePipeline(IGrainFactory grains, PictureLoader loader) : IPicturePipeline
{
    /// <inheritdoc/>
    public Task<Result<LoadedPicture>> LoadAsync(ImportItem item, CancellationToken cancellationToken) =>
        loader.LoadAsync(item.Url is { } url ? new PictureSource.Url(url) : new PictureSource.ServerFile(item.Path!), cancellationToken);

    /// <inheritdoc/>
    public async Task<Failure?> StoreAsync(LoadedPicture picture, ImportItem item, ImportWork work, CancellationToken cancellationToken)
    {
        var target = new EmbeddingTarget(work.Model, EmbeddingUse.Import);
        var embedded = await grains.GetGrain<IEmbeddingGrain>(IEmbeddingGrain.Key)
            .EmbedAsync(picture.Content, work.Views, target, cancellationToken);
        picture.Dispose(); // Not after an exception, which a grain gets if a call is unanswered: the callee may still read the bytes.
        if (!embedded.TryGet(out var vectors, out var failure)) return failure;
        var row = new NewPicture(vectors, item.Texts, ReplaceSameKey: true, work.Generation);
        return (await grains.GetGrain<ITableGrain>(work.Table.Value).AddAsync(row, cancellationToken)).Failure;
    }
}
