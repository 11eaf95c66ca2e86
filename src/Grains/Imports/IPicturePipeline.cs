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
    Task<ImportOutcome> StoreAsync(PictureVectors vectors, ImportItem item, ImportWork work, CancellationToken cancellationToken);

    /// <summary>Adds items whose vectors the list has, in one commit.</summary>
    Task<IReadOnlyList<ImportOutcome>> StoreVectorsAsync(IReadOnlyList<ImportItem> items, ImportWork work, CancellationToken cancellationToken);
}
