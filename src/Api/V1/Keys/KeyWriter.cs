using ImageSearch.Api.Security;
using ImageSearch.Api.Security.Audit;
using ImageSearch.Api.Security.Keys;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Keys;

/// <summary>Creates, changes and deletes keys, and records it.</summary>
internal sealed class KeyWriter(IGrainFactory grains, KeyDirectory directory, TokenCheck token, TimeProvider time)
{
    // A change without If-Match is made on the key that was read; another client may change it in between.
    private const int MaxTries = 8;

    private IApiKeyGrain Grain => grains.GetGrain<IApiKeyGrain>(IApiKeyGrain.Key);

    /// <summary>Why there are no keys; null if there can be.</summary>
    public Failure? Unavailable => token.IsRequired
        ? null
        : new Failure(FailureCode.TokenNotSet, "the service has no TOKEN, so a key would restrict nobody; set TOKEN and start the service again")
        {
            Field = "TOKEN",
            Bound = "set",
        };

    /// <summary>Creates a key.</summary>
    /// <returns>The key and its secret.</returns>
    public async Task<Result<(ApiKey Key, string Secret)>> CreateAsync(HttpContext context, KeyChange change)
    {
        var key = change.Apply(new ApiKey(KeySecret.NewId(), "", [], []));
        if (KeyChange.Check(key) is { } invalid) return invalid;
        if (Unavailable is { } unavailable) return unavailable;
        var secret = KeySecret.New(key.Id);
        var created = await Grain.CreateAsync(key, KeySecret.HashOf(secret)!, EntryOf(context, "key.create", key.Id, RightsOf(key)), context.RequestAborted);
        directory.Invalidate();
        return created.TryGet(out var stored, out var failure) ? (stored, secret) : failure;
    }

    /// <summary>Finds a key.</summary>
    public async Task<Result<ApiKey>> FindAsync(HttpContext context, string id)
    {
        if (Unavailable is { } unavailable) return unavailable;
        return KeySecret.IsId(id) ? await Grain.GetAsync(id, context.RequestAborted) : ApiKeyFailures.NotFound(id);
    }

    /// <summary>Changes what a request names.</summary>
    public async Task<Result<ApiKey>> ChangeAsync(HttpContext context, string id, KeyChange change, ItemCondition? condition)
    {
        for (var i = 0; ; i++)
        {
            if (!(await FindAsync(context, id)).TryGet(out var key, out var failure)) return failure;
            if (Check(condition, key) is { } unmet) return unmet;
            var changed = change.Apply(key);
            if (KeyChange.Check(changed) is { } invalid) return invalid;
            var entry = EntryOf(context, "key.change", id, $"{string.Join(' ', change.Named)}; {RightsOf(changed)}");
            var stored = await Grain.ChangeAsync(changed, entry, context.RequestAborted);
            directory.Invalidate();
            if (stored.Failure?.Code != FailureCode.ConditionFailed || condition?.Tags is not null || i == MaxTries) return stored;
        }
    }

    /// <summary>Gives a key another secret.</summary>
    public async Task<Result<(ApiKey Key, string Secret)>> RotateAsync(HttpContext context, string id, TimeSpan grace)
    {
        if (Unavailable is { } unavailable) return unavailable;
        if (!KeySecret.IsId(id)) return ApiKeyFailures.NotFound(id);
        var secret = KeySecret.New(id);
        var entry = EntryOf(context, "key.rotate", id, $"grace_seconds={(int)grace.TotalSeconds}");
        var rotated = await Grain.RotateAsync(id, KeySecret.HashOf(secret)!, grace, entry, context.RequestAborted);
        directory.Invalidate();
        return rotated.TryGet(out var key, out var failure) ? (key, secret) : failure;
    }

    /// <summary>Deletes a key.</summary>
    public async Task<Result<Done>> DeleteAsync(HttpContext context, string id, ItemCondition? condition)
    {
        if (!(await FindAsync(context, id)).TryGet(out var key, out var failure)) return failure;
        if (Check(condition, key) is { } unmet) return unmet;
        var deleted = await Grain.DeleteAsync(
            id, condition?.Tags is null ? null : key.Revision, EntryOf(context, "key.delete", id, null), context.RequestAborted);
        directory.Invalidate();
        return deleted;
    }

    private AuditEntry EntryOf(HttpContext context, string action, string id, string? detail) =>
        AuditTrail.EntryOf(context, time, action, id, failure: null, detail);

    private static string RightsOf(ApiKey key) =>
        $"scopes={string.Join(',', key.Scopes.Select(EnumWord.Of))} tables={string.Join(',', key.Tables)}{(key.IsDisabled ? " disabled" : "")}";

    private static Failure? Check(ItemCondition? condition, ApiKey key) =>
        condition is null || (!condition.MustNotExist && condition.Tags?.Contains(key.Tag) != false)
            ? null
            : new Failure(FailureCode.ConditionFailed, $"key {key.Id} does not satisfy If-Match or If-None-Match");
}
