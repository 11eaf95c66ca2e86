using ImageSearch.Storage;
using Orleans.Concurrency;

namespace ImageSearch.Grains;

/// <summary>Lists imports, with their progress.</summary>
[StatelessWorker]
public sealed class ImportListGrain(IImportStore imports) : Grain, IImportListGrain
{
    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<ImportStatus>>> ListAsync(int count, CancellationToken cancellationToken) =>
        ImportGrain.AnsweredAsync(
            async () =>
            {
                var listed = new List<ImportStatus>();
                foreach (var import in await imports.ListImportsAsync(null, count, cancellationToken))
                {
                    if (await imports.FindImportAsync(import.Id, cancellationToken) is { } found) listed.Add(ImportGrain.Status(found));
                }

                return Result.Success<IReadOnlyList<ImportStatus>>(listed);
            });
}
