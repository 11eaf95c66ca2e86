using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Keys;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Keys;

/// <summary>The audit in the catalog's database.</summary>
[StatelessWorker]
public sealed class AuditGrain(IKeyStore keys) : Grain, IAuditGrain
{
    /// <inheritdoc/>
    public async Task<Result<Done>> RecordAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        try
        {
            await keys.RecordAsync(entries, cancellationToken);
            return Done.Ok;
        }
        catch (CatalogException e)
        {
            return e.Failure;
        }
    }

    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<AuditEntry>>> ListAsync(long? before, int count, CancellationToken cancellationToken)
    {
        if (count is < 1 or > IAuditGrain.MaxCount)
            return new Failure(FailureCode.RequestInvalid, $"count must be 1 to {IAuditGrain.MaxCount}, not {count}");
        try
        {
            return Result.Success(await keys.ListAuditAsync(before, count, cancellationToken));
        }
        catch (CatalogException e)
        {
            return e.Failure;
        }
    }
}
