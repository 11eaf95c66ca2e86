namespace ImageSearch;

/// <summary>
/// The API keys. Secrets are never part of a message: callers send the SHA-256 of a secret. It is a stateless worker, so the key is always
/// <see cref="Key"/>, and every call reads the catalog's database: a change holds for each lookup that begins after it.
/// </summary>
[Alias("ImageSearch.IApiKeyGrain")]
public interface IApiKeyGrain : IGrainWithStringKey
{
    /// <summary>The only key of this grain.</summary>
    const string Key = "default";

    /// <summary>Maximum keys on a page.</summary>
    const int MaxCount = 1_000;

    /// <summary>Finds the key of a secret.</summary>
    /// <param name="hash">The SHA-256 of the secret, 64 lower-case hexadecimal digits.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    [Alias("Find"), AnySilo, Retryable]
    Task<Result<ApiKeyLookup>> FindAsync(string hash, CancellationToken cancellationToken);

    /// <summary>Creates a key.</summary>
    /// <param name="key">The key, with its id.</param>
    /// <param name="hash">The SHA-256 of its secret.</param>
    /// <param name="entry">Recorded in the same transaction.</param>
    /// <param name="cancellationToken">Cancels the call before the commit starts.</param>
    [Alias("Create"), AnySilo, Retryable]
    Task<Result<ApiKey>> CreateAsync(ApiKey key, string hash, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Gets a key.</summary>
    /// <returns>The key, or <see cref="FailureCode.KeyNotFound"/>.</returns>
    [Alias("Get"), AnySilo, Retryable]
    Task<Result<ApiKey>> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists keys by id.</summary>
    /// <param name="after">Lists keys with a greater id; null from the first on.</param>
    /// <param name="count">Maximum number of keys, 1..<see cref="MaxCount"/>.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    [Alias("List"), AnySilo, Retryable]
    Task<Result<IReadOnlyList<ApiKey>>> ListAsync(string? after, int count, CancellationToken cancellationToken);

    /// <summary>Replaces what a key may do.</summary>
    /// <param name="key">The key with the revision that it has before the change.</param>
    /// <param name="entry">Recorded in the same transaction.</param>
    /// <param name="cancellationToken">Cancels the call before the commit starts.</param>
    /// <returns>The key; <see cref="FailureCode.ConditionFailed"/> if it has another revision; or <see cref="FailureCode.KeyNotFound"/>.</returns>
    [Alias("Change"), AnySilo]
    Task<Result<ApiKey>> ChangeAsync(ApiKey key, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Gives a key another secret.</summary>
    /// <param name="id">The key.</param>
    /// <param name="hash">The SHA-256 of its secret.</param>
    /// <param name="grace">How long the secret before it goes on working. One before that stops at once.</param>
    /// <param name="entry">Recorded in the same transaction.</param>
    /// <param name="cancellationToken">Cancels the call before the commit starts.</param>
    /// <returns>The key, or <see cref="FailureCode.KeyNotFound"/>.</returns>
    [Alias("Rotate"), AnySilo, Retryable]
    Task<Result<ApiKey>> RotateAsync(string id, string hash, TimeSpan grace, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Deletes a key.</summary>
    /// <param name="id">The key.</param>
    /// <param name="revision">The revision that it must have; null for any.</param>
    /// <param name="entry">Recorded in the same transaction.</param>
    /// <param name="cancellationToken">Cancels the call before the commit starts.</param>
    /// <returns>
    /// Nothing; <see cref="FailureCode.ConditionFailed"/> if it has another revision; or <see cref="FailureCode.KeyNotFound"/>.
    /// </returns>
    [Alias("Delete"), AnySilo]
    Task<Result<Done>> DeleteAsync(string id, long? revision, AuditEntry entry, CancellationToken cancellationToken);
}

/// <summary>The audit. It is a stateless worker, so the key is always <see cref="Key"/>.</summary>
[Alias("ImageSearch.IAuditGrain")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>The only key of this grain.</summary>
    const string Key = "default";

    /// <summary>Maximum entries on a page, and in one record.</summary>
    const int MaxCount = 1_000;

    /// <summary>Records entries, in this order.</summary>
    [Alias("Record"), AnySilo]
    Task<Result<Done>> RecordAsync([Immutable] IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken);

    /// <summary>Lists entries, newest first.</summary>
    /// <param name="before">Lists entries with a smaller number; null from the newest on.</param>
    /// <param name="count">Maximum number of entries, 1..<see cref="MaxCount"/>.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    [Alias("List"), AnySilo, Retryable]
    Task<Result<IReadOnlyList<AuditEntry>>> ListAsync(long? before, int count, CancellationToken cancellationToken);
}
