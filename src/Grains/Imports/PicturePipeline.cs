using ImageSearch.Fetching;

namespace ImageSearch.Grains.Imports;

/// <summary>The steps of each picture of an import: load, embed, store.</summary>
internal interface IPicturePipeline
{
    /// <summary>Fetches the picture's bytes or reads them from a file.</summary>
    Task<Result<LoadedPicture>> LoadAsync(ImportItem item, CancellationToken cancellationToken);

    /// <summary>Embeds the picture. Disposes the bytes once nothing reads them.</summary>
    Task<Result<PictureVectors>> EmbedAsync(LoadedPicture picture, ImportItem item, ImportWork work, CancellationToken cancellationToken);

    /// <summary>Adds the picture to its table.</summary>
    /// <returns>Why the picture is not stored; null on success.</returns>
    Task<Failure?> StoreAsync(PictureVectors vectors, ImportItem item, ImportWork work, CancellationToken cancellationToken);
}

/// <summary>The pipeline over the loader and the grains.</summary>
internal sealed class PicturePipeline(IGrainFactory grains, PictureLoader loader, ImportAdder adder) : IPicturePipeline
{
    /// <inheritdoc/>
    public Task<Result<LoadedPicture>> LoadAsync(ImportItem item, CancellationToken cancellationToken) =>
        loader.LoadAsync(item.Url is { } url ? new PictureSource.Url(url) : new PictureSource.ServerFile(item.Path!), cancellationToken);

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
        var row = new NewPicture(vectors, item.Texts, ReplaceSameKey: true, work.Generation);
        return (await adder.AddAsync(work.Table, row, cancellationToken)).Failure;
    }
}
