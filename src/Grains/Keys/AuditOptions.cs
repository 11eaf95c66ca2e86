namespace ImageSearch.Grains.Keys;

/// <summary>How long the audit is kept.</summary>
/// <param name="Retention">Older entries are deleted.</param>
public sealed record AuditOptions(TimeSpan Retention);
