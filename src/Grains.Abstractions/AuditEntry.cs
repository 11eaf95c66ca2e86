namespace ImageSearch;

/// <summary>Something that was done to keys or tables, or was denied.</summary>
/// <param name="Date">When, UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>.</param>
/// <param name="Who">The id of the API key, or <see cref="TokenHolder"/>.</param>
/// <param name="Action">What, such as <c>table.drop</c>.</param>
/// <param name="Target">The table or the key; empty if the call named none.</param>
/// <param name="Address">The client's address; null if it is unknown.</param>
/// <param name="Outcome"><c>ok</c>, or the code of the failure in snake case.</param>
/// <param name="Detail">More about it; null for nothing.</param>
[GenerateSerializer, Immutable]
public sealed record AuditEntry(string Date, string Who, string Action, string Target, string? Address, string Outcome, string? Detail)
{
    /// <summary>The holder of TOKEN in <see cref="Who"/>.</summary>
    public const string TokenHolder = "token";

    /// <summary>Its place in the list, by which pages continue. Greater is newer.</summary>
    [Id(7)]
    public long Number { get; init; }
}
