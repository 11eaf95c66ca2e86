using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Keys;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Keys;

/// <summary>The API keys in the catalog's database.</summary>
[StatelessWorker]
public sealed class ApiKeyGrain(IKeyStore keys, TimeProvider time, ILogger<ApiKeyGrain> logger) : Grain, IApiKeyGrain
{
    // Keeps writes rare: a key may make thousands of calls a second.
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    private Task _touching = Task.CompletedTask;

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _touching.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<Result<ApiKeyLookup>> FindAsync(string hash, CancellationToken cancellationToken) =>
        AsResultAsync<ApiKeyLookup>(
            async () =>
            {
                var key = await keys.FindByHashAsync(hash, cancellationToken);
                // Not awaited: a writer that is busy must not make the key's calls wait. Owned by the grain, which ends with it.
                if (key is not null && _touching.IsCompleted) _touching = TouchAsync(key);
                return new ApiKeyLookup(key);
            });

    /// <inheritdoc/>
    public Task<Result<ApiKey>> CreateAsync(ApiKey key, string hash, AuditEntry entry, CancellationToken cancellationToken) =>
        AsResultAsync(
            async () =>
            {
                await keys.CreateAsync(key, hash, entry, cancellationToken);
                return await GetOrFailAsync(key.Id, cancellationToken);
            });

    /// <inheritdoc/>
    public Task<Result<ApiKey>> GetAsync(string id, CancellationToken cancellationToken) => AsResultAsync(() => GetOrFailAsync(id, cancellationToken));

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<ApiKey>>> ListAsync(string? after, int count, CancellationToken cancellationToken) =>
        AsResultAsync<IReadOnlyList<ApiKey>>(
            async () => count is < 1 or > IApiKeyGrain.MaxCount
                ? new Failure(FailureCode.RequestInvalid, $"count must be 1 to {IApiKeyGrain.MaxCount}, not {count}")
                : Result.Success(await keys.ListAsync(after, count, cancellationToken)));

    /// <inheritdoc/>
    public Task<Result<ApiKey>> ChangeAsync(ApiKey key, AuditEntry entry, CancellationToken cancellationToken) =>
        AsResultAsync(
            async () =>
            {
                var isChanged = await keys.ChangeAsync(key, entry, cancellationToken);
                var found = await GetOrFailAsync(key.Id, cancellationToken);
                return isChanged || found.Failure is not null ? found : ConditionFailed(key.Id);
            });

    /// <inheritdoc/>
    public Task<Result<ApiKey>> RotateAsync(string id, string hash, TimeSpan grace, AuditEntry entry, CancellationToken cancellationToken) =>
        AsResultAsync(
            async () =>
            {
                DateTimeOffset? graceEnd = grace > TimeSpan.Zero ? time.GetUtcNow() + grace : null;
                return await keys.RotateAsync(id, hash, graceEnd, entry, cancellationToken) ? await GetOrFailAsync(id, cancellationToken) : ApiKeyFailures.NotFound(id);
            });

    /// <inheritdoc/>
    public Task<Result<Done>> DeleteAsync(string id, long? revision, AuditEntry entry, CancellationToken cancellationToken) =>
        AsResultAsync<Done>(
            async () =>
            {
                if (await keys.DeleteAsync(id, revision, entry, cancellationToken)) return Done.Ok;
                return await keys.FindAsync(id, cancellationToken) is null ? ApiKeyFailures.NotFound(id) : ConditionFailed(id);
            });

    private async Task<Result<ApiKey>> GetOrFailAsync(string id, CancellationToken cancellationToken) =>
        await keys.FindAsync(id, cancellationToken) is { } key ? key : ApiKeyFailures.NotFound(id);

    // A key works whether or not its use can be recorded.
    private async Task TouchAsync(ApiKey key)
    {
        try
        {
            await keys.TouchAsync(key, TouchInterval, CancellationToken.None);
        }
        catch (CatalogException e)
        {
            logger.KeyUseNotRecorded(key.Id, e.Message);
        }
    }

    private static async Task<Result<T>> AsResultAsync<T>(Func<Task<Result<T>>> call)
    {
        try
        {
            return await call();
        }
        catch (CatalogException e)
        {
            return e.Failure;
        }
    }

    private static Failure ConditionFailed(string id) => new(FailureCode.ConditionFailed, $"key {id} does not satisfy If-Match");
}
