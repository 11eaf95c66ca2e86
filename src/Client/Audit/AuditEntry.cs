namespace ImageSearch.Client.Audit;

/// <summary>Something that was done to a key or a table, or was denied.</summary>
public sealed record AuditEntry
{
    /// <summary>When.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The id of a key, or <c>token</c> for the service's token.</summary>
    public string Who { get; init; } = "";

    /// <summary>What was done, such as <c>table.drop</c>.</summary>
    public string Action { get; init; } = "";

    /// <summary>The key or table.</summary>
    public string Target { get; init; } = "";

    /// <summary>The address of the caller; null if it is unknown.</summary>
    public string? Address { get; init; }

    /// <summary><c>ok</c>, or the code of a problem.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>What changed; null for nothing to add.</summary>
    public string? Detail { get; init; }
}
