using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Pictures;

namespace ImageSearch.Storage.Sqlite;

/// <content>Kept pictures.</content>
public sealed partial class SqliteCatalog : IPictureCatalog
{
    /// <inheritdoc/>
    public Task<Result<FoundPicture?>> FindPictureAsync(
        TableGeneration table, ItemReference item, PictureKind kind, bool withBytes, CancellationToken cancellationToken) =>
        _originals.ReadAsync(
            table, () => _readers.ReadAsync(db => PictureReads.Find(db, table, item, kind, withBytes), cancellationToken), withBytes, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> FindObjectsAsync(IReadOnlyCollection<string> tokens, CancellationToken cancellationToken) =>
        _readers.ReadAsync(db => PictureReads.Tokens(db, tokens), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<RowFiles>>> ReadPicturesAsync(
        TableGeneration table, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        _readers.ReadAsync(db => PictureReads.List(db, table, ids), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<FoundPicture?>> ReadOriginalAsync(TableGeneration table, RowVersion row, CancellationToken cancellationToken) =>
        _originals.ReadAsync(
            table, () => _readers.ReadAsync(db => PictureReads.FindOriginal(db, table, row), cancellationToken), withBytes: true, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<long>> MeasurePicturesAsync(TableGeneration table, CancellationToken cancellationToken) =>
        _readers.ReadAsync(db => PictureReads.Measure(db, table), cancellationToken);
}
