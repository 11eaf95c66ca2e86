using ImageSearch.Storage.Catalog;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Originals;

/// <summary>
/// Moves originals between rows and objects. The object is written before the row's transaction begins: a row that commits never refers to
/// an object that was not written. Without a store, originals are in the catalog.
/// </summary>
/// <param name="objects">Where originals are stored; null for the catalog.</param>
/// <param name="catalog">The catalog's identity.</param>
/// <param name="logger">For messages about objects that are gone.</param>
internal sealed class OriginalFiles(IObjectStore? objects, long catalog, ILogger logger)
{
    /// <summary>A warning for health checks; null while the store can be used.</summary>
    public string? Warning => objects?.Fault is { } fault ? $"originals can't be stored or read: {fault}" : null;

    public async Task<List<EncodedPicture>> StoreAsync(TableGeneration table, List<EncodedPicture> pictures, CancellationToken cancellationToken)
    {
        if (!pictures.Exists(picture => IsStored(picture.Vectors))) return pictures;
        var stored = await StoreAsync(table, pictures.Select(picture => picture.Vectors), cancellationToken).ConfigureAwait(false);
        return [.. pictures.Zip(stored, (picture, vectors) => picture with { Vectors = vectors })];
    }

    public async Task<List<EncodedPut>> StoreAsync(TableGeneration table, List<EncodedPut> puts, CancellationToken cancellationToken)
    {
        if (!puts.Exists(put => IsStored(put.Vectors))) return puts;
        var stored = await StoreAsync(table, puts.Select(put => put.Vectors), cancellationToken).ConfigureAwait(false);
        return [.. puts.Zip(stored, (put, vectors) => put with { Vectors = vectors })];
    }

    public async ValueTask<EncodedPicture> StoreAsync(TableGeneration table, EncodedPicture picture, CancellationToken cancellationToken) =>
        IsStored(picture.Vectors)
            ? picture with { Vectors = await StoreAsync(table, picture.Vectors, cancellationToken).ConfigureAwait(false) }
            : picture;

    /// <summary>Writes the original as an object.</summary>
    /// <returns>The columns that refer to the object; without the original if the store never takes it.</returns>
    /// <exception cref="CatalogException">The store can't be used now.</exception>
    public async ValueTask<EncodedVectors> StoreAsync(TableGeneration table, EncodedVectors vectors, CancellationToken cancellationToken)
    {
        if (objects is null || !IsStored(vectors)) return vectors;
        var kept = new List<EncodedKept>(vectors.Kept.Count);
        foreach (var file in vectors.Kept)
        {
            if (file.Kind != PictureKind.Original)
            {
                kept.Add(file);
                continue;
            }

            var name = ObjectName.New(catalog, table.Number);
            if (await objects.PutAsync(name, file.MediaType, file.Bytes, cancellationToken).ConfigureAwait(false)) kept.Add(file.AsObject(name.Token));
        }

        return vectors with { Kept = kept };
    }

    /// <summary>Reads a kept picture, and its object if it has one.</summary>
    /// <param name="table">The table.</param>
    /// <param name="readAsync">Reads the catalog.</param>
    /// <param name="withBytes">Whether the bytes are requested.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="CatalogException">The store can't be used now.</exception>
    public async Task<Result<FoundPicture?>> ReadAsync(
        TableGeneration table, Func<Task<Result<StoredPicture?>>> readAsync, bool withBytes, CancellationToken cancellationToken)
    {
        for (string? missing = null; ;)
        {
            if (!(await readAsync().ConfigureAwait(false)).TryGet(out var stored, out var failure)) return failure;
            if (stored is null) return (FoundPicture?)null;
            if (stored.Token is not { } token || !withBytes) return stored.Found(stored.Bytes);
            var name = new ObjectName(catalog, table.Number, token);
            if (token == missing)
            {
                logger.ObjectMissing(name.ToString());
                return (FoundPicture?)null;
            }

            if (objects is null) throw NoStore();
            var bytes = await objects.GetAsync(name, stored.Length, cancellationToken).ConfigureAwait(false);
            if (bytes is not null && EncodedKept.TagOf(bytes) == stored.Tag) return stored.Found(bytes);

            // Between the two reads the picture may have been replaced and its object deleted: the row then has another token.
            missing = token;
        }
    }

    // Side by side: the store bounds how many calls it sends.
    private Task<EncodedVectors[]> StoreAsync(TableGeneration table, IEnumerable<EncodedVectors> vectors, CancellationToken cancellationToken) =>
        Task.WhenAll(vectors.Select(each => StoreAsync(table, each, cancellationToken).AsTask()));

    private bool IsStored(EncodedVectors vectors)
    {
        if (objects is null) return false;
        foreach (var file in vectors.Kept)
        {
            if (file.Kind == PictureKind.Original) return true;
        }

        return false;
    }

    private static CatalogException NoStore() => new(
        FailureCode.CatalogUnavailable, "the picture is in an object store that the service does not know; set S3_BUCKET and the settings beside it as they were when it was added");
}
