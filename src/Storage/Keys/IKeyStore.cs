using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Keys;

/// <summary>
/// Stores API keys and the audit in the catalog's database. Of a secret it has the SHA-256 only. A secret has 256 random bits, so nobody
/// can find it by trying: a slow password hash would protect nothing and cost every call. All calls throw
/// <see cref="CatalogException"/> if the database can't be reached.
/// </summary>
public interface IKeyStore
{
    /// <summary>Creates a key and records it, or does neither.</summary>
    Task CreateAsync(ApiKey key, string hash, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>The key of a secret, also of the one before within its grace period; null if there is none.</summary>
    Task<ApiKey?> FindByHashAsync(string hash, CancellationToken cancellationToken);

    /// <summary>The key with an id, or null.</summary>
    Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Keys by id.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(string? after, int count, CancellationToken cancellationToken);

    /// <summary>Changes and records a key that still has the revision, or does neither.</summary>
    /// <returns>Whether it had the revision.</returns>
    Task<bool> ChangeAsync(ApiKey key, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Gives a key another secret. The one before goes on until <paramref name="graceEnd"/>; null: it stops at once.</summary>
    /// <returns>Whether the key exists.</returns>
    Task<bool> RotateAsync(string id, string hash, DateTimeOffset? graceEnd, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Deletes and records a key, or does neither.</summary>
    /// <param name="id">The key.</param>
    /// <param name="revision">The revision that it must have; null for any.</param>
    /// <param name="entry">The record.</param>
    /// <param name="cancellationToken">Cancels the call before it starts.</param>
    /// <returns>Whether it was there with the revision.</returns>
    Task<bool> DeleteAsync(string id, long? revision, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Records that a key is used, unless that was recorded within the interval.</summary>
    Task TouchAsync(ApiKey key, TimeSpan interval, CancellationToken cancellationToken);

    /// <summary>Records entries of the audit.</summary>
    Task RecordAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken);

    /// <summary>Entries of the audit, newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ListAuditAsync(long? before, int count, CancellationToken cancellationToken);

    /// <summary>Deletes entries that are older than a moment.</summary>
    Task SweepAuditAsync(DateTimeOffset oldest, CancellationToken cancellationToken);
}
