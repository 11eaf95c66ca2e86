using ImageSearch.Client.Http;

namespace ImageSearch.Client.Audit;

/// <summary>A page of the audit.</summary>
internal sealed record AuditPage : IPage<AuditEntry>
{
    public IReadOnlyList<AuditEntry> Entries { get; init; } = [];

    public string? NextCursor { get; init; }
}
