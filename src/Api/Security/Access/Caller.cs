namespace ImageSearch.Api.Security.Access;

/// <summary>Who makes a call: an API key, or the holder of TOKEN, who may do everything. In an open service that is everyone.</summary>
/// <param name="Key">The key; null for the holder of TOKEN.</param>
internal sealed record Caller(ApiKey? Key)
{
    /// <summary>The holder of TOKEN, or anyone in an open service.</summary>
    public static readonly Caller Master = new((ApiKey?)null);

    /// <summary>The key's id, which owns imports and places in queues; null for the holder of TOKEN.</summary>
    public string? Owner => Key?.Id;

    /// <summary>The caller in the audit.</summary>
    public string Name => Key?.Id ?? AuditEntry.TokenHolder;

    /// <summary>Whether the caller may do what a scope allows.</summary>
    public bool Has(KeyScope scope) => Key is null || Key.Scopes.Contains(scope);

    /// <summary>Whether the caller may use a table, whether or not it exists.</summary>
    public bool Covers(TableName table) => Key is null || Key.Covers(table);

    /// <summary>The caller of a request, which <c>RequestFilter</c> has found out. A request without one must not be answered.</summary>
    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("the caller of the request is not known");

    /// <summary>The caller of the request in progress.</summary>
    public static Caller Of(IHttpContextAccessor accessor) =>
        Of(accessor.HttpContext ?? throw new InvalidOperationException("there is no request in progress"));
}
