using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Pictures;

namespace ImageSearch.Storage.MySql;

/// <content>Kept pictures.</content>
public sealed partial class MySqlCatalog : IPictureCatalog
{
    /// <inheritdoc/>
    public Task<Result<FoundPicture?>> FindPictureAsync(
        TableGeneration table, ItemReference item, PictureKind kind, bool withBytes, CancellationToken cancellationToken) =>
        _originals.ReadAsync(
            table,
            () => ReadAsync(
                table, (db, token) => PictureReads.FindAsync(db, table, item, kind, withBytes, token), () => CatalogFailures.TableDropped(table),
                cancellationToken),
            withBytes,
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<RowFiles>>> ReadPicturesAsync(
        TableGeneration table, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        ReadAsync(table, (db, token) => PictureReads.ListAsync(db, table, ids, token), () => CatalogFailures.TableDropped(table), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<FoundPicture?>> ReadOriginalAsync(TableGeneration table, RowVersion row, CancellationToken cancellationToken) =>
        _originals.ReadAsync(
            table,
            () => ReadAsync(
                table, (db, token) => PictureReads.FindOriginalAsync(db, table, row, token), () => CatalogFailures.TableDropped(table), cancellationToken),
            withBytes: true,
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> FindObjectsAsync(IReadOnlyCollection<string> tokens, CancellationToken cancellationToken) =>
        _pool.RunAsync((db, token) => PictureReads.TokensAsync(db, tokens, token), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<long>> MeasurePicturesAsync(TableGeneration table, CancellationToken cancellationToken) =>
        ReadAsync(table, (db, token) => PictureReads.MeasureAsync(db, table, token), () => CatalogFailures.TableDropped(table), cancellationToken);
}
