using System.Runtime.CompilerServices;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>A catalog that counts the vectors read from it, and lets a test pause the reading.</summary>
public class CountingCatalog(ICatalog catalog) : ICatalog
{
    /// <summary>The number of vectors read and rows rejected so far.</summary>
    public int VectorsRead { get; private set; }

    /// <summary>Awaited before each batch of vectors.</summary>
    public Func<Task> BeforeBatch { get; set; } = () => Task.CompletedTask;

    public long Identity => catalog.Identity;

    public Task<IReadOnlyList<TableRecord>> ListTablesAsync(CancellationToken cancellationToken) => catalog.ListTablesAsync(cancellationToken);

    public Task<TableRecord?> FindTableAsync(TableName name, CancellationToken cancellationToken) =>
        catalog.FindTableAsync(name, cancellationToken);

    public Task<TableRecord> CreateTableAsync(TableName name, ModelIdentity model, Metric metric, CancellationToken cancellationToken) =>
        catalog.CreateTableAsync(name, model, metric, cancellationToken);

    public Task<bool> DropTableAsync(TableGeneration table, CancellationToken cancellationToken) =>
        catalog.DropTableAsync(table, cancellationToken);

    public Task<Result<RowVersion>> AddAsync(TableGeneration table, NewPicture picture, bool searchable, CancellationToken cancellationToken) =>
        catalog.AddAsync(table, picture, searchable, cancellationToken);

    public Task<Result<IReadOnlyList<Result<RowVersion>>>> AddManyAsync(
        TableGeneration table, IReadOnlyList<NewPicture> pictures, bool searchable, CancellationToken cancellationToken) =>
        catalog.AddManyAsync(table, pictures, searchable, cancellationToken);

    public Task<Result<RowVersion>> ChangeAsync(
        TableGeneration table, PictureChange change, bool searchable, CancellationToken cancellationToken) =>
        catalog.ChangeAsync(table, change, searchable, cancellationToken);

    public Task<Result<IReadOnlyList<RowVersion>>> DeleteByIdsAsync(
        TableGeneration table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        catalog.DeleteByIdsAsync(table, ids, cancellationToken);

    public Task<Result<IReadOnlyList<RowVersion>>> DeleteByKeysAsync(
        TableGeneration table, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        catalog.DeleteByKeysAsync(table, keys, cancellationToken);

    public Task<Result<int>> MarkSearchableAsync(
        TableGeneration table, IReadOnlyCollection<RowVersion> rows, CancellationToken cancellationToken) =>
        catalog.MarkSearchableAsync(table, rows, cancellationToken);

    public Task<Result<JoinedRows>> ReadTextsAsync(
        TableGeneration table, IReadOnlyCollection<RowVersion> rows, CancellationToken cancellationToken) =>
        catalog.ReadTextsAsync(table, rows, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<RowVersion>> ReadVersionsAsync(
        TableGeneration table, RowSelection selection, CancellationToken cancellationToken) =>
        catalog.ReadVersionsAsync(table, selection, cancellationToken);

    public IAsyncEnumerable<VectorBatch> ReadVectorsAsync(
        TableGeneration table, int dimension, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        CountAsync(catalog.ReadVectorsAsync(table, dimension, ids, cancellationToken), cancellationToken);

    public IAsyncEnumerable<VectorBatch> ReadVectorsAsync(
        TableGeneration table, int dimension, RowSelection selection, CancellationToken cancellationToken) =>
        CountAsync(catalog.ReadVectorsAsync(table, dimension, selection, cancellationToken), cancellationToken);

    public Task<Result<long>> CountSearchableAsync(TableGeneration table, CancellationToken cancellationToken) =>
        catalog.CountSearchableAsync(table, cancellationToken);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return catalog.DisposeAsync();
    }

    private async IAsyncEnumerable<VectorBatch> CountAsync(
        IAsyncEnumerable<VectorBatch> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            await BeforeBatch();
            VectorsRead += batch.Vectors.Count + batch.Refused.Count;
            yield return batch;
        }
    }
}
