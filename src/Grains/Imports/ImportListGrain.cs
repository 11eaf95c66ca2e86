using ImageSearch.Storage.Imports;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Imports;

/// <summary>Lists imports with their progress.</summary>
[StatelessWorker]
public sealed class ImportListGrain(IImportStore imports) : Grain, IImportListGrain
{
    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<ImportStatus>>> ListAsync(int count, CancellationToken cancellationToken) =>
        ImportGrain.AsResultAsync(
            async () =>
            {
                var listed = await imports.ListImportsAsync(null, count, cancellationToken);
                return Result.Success<IReadOnlyList<ImportStatus>>([.. listed.Select(ImportGrain.ToStatus)]);
            });

    /// <inheritdoc/>
    public Task<Result<ImportListPage>> ListPageAsync(ImportListQuery query, CancellationToken cancellationToken) =>
        ImportGrain.AsResultAsync<ImportListPage>(
            async () =>
            {
                var page = await imports.ListImportsAsync(query, cancellationToken);
                return new ImportListPage([.. page.Imports.Select(ImportGrain.ToStatus)], page.Next);
            });
}
