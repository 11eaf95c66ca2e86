namespace ImageSearch.Client.Audit;

/// <summary>Something that was done to keys or tables, or was denied.</summary>
public sealed record AuditEntry
{
    /// <summary>When.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The id of an API key, or <c>token</c>.</summary>
    public string Who { get; init; } = "";

    /// <summary>What, such as <c>table.drop</c>.</summary>
    public string Action { get; init; } = "";

    /// <summary>The table or the key's id; empty if the call named none.</summary>
    public string Target { get; init; } = "";

    /// <summary>The caller's address; null if it is unknown.</summary>
    public string? Address { get; init; }

    /// <summary><c>ok</c>, or the code of the problem, one of <see cref="Problems.ProblemCode"/>.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>More about it; null for nothing.</summary>
    public string? Detail { get; init; }
}
