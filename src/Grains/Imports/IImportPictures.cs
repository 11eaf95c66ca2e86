using ImageSearch.Fetching;

namespace ImageSearch.Grains.Imports;

/// <summary>What is done with each picture of an import.</summary>
internal interface IImportPictures
{
    /// <summary>Brings its bytes.</summary>
    Task<Result<LoadedPicture>> LoadAsync(ImportItem item, CancellationToken cancellationToken);

    /// <summary>Embeds it and puts it into its table. Disposes of the bytes once nobody reads them.</summary>
    /// <returns>Why it is not there; null where it is.</returns>
    Task<Failure?> StoreAsync(LoadedPicture picture, ImportItem item, ImportWork work, CancellationToken cancellationToken);
}

/// <summary>Pictures of imports by way of the loader and the grains.</summary>
internal sealed class ImportPictures(IGrainFactory grains, PictureLoader loader) : IImportPictures
{
    /// <inheritdoc/>
    public Task<Result<LoadedPicture>> LoadAsync(ImportItem item, CancellationToken cancellationToken) =>
        loader.LoadAsync(item.Url is { } url ? new PictureSource.Url(url) : new PictureSource.ServerFile(item.Path!), cancellationToken);

    /// <inheritdoc/>
    public async Task<Failure?> StoreAsync(LoadedPicture picture, ImportItem item, ImportWork work, CancellationToken cancellationToken)
    {
        var embedded = await grains.GetGrain<IEmbeddingGrain>(IEmbeddingGrain.Key).EmbedAsync(picture.Content, work.Views, cancellationToken);
        picture.Dispose(); // Not after an exception: the grain may still read it.
        if (!embedded.TryGet(out var vectors, out var failure)) return failure;
        var row = new NewPicture(vectors, item.Texts, ReplaceSameKey: true, work.Generation);
        return (await grains.GetGrain<ITableGrain>(work.Table.Value).AddAsync(row, cancellationToken)).Failure;
    }
}
