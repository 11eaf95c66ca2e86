using ImageSearch.Client.Json;
using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Imports;

/// <summary>The choices of an import.</summary>
public sealed record ImportOptions
{
    /// <summary>What an invalid line does; null for stop.</summary>
    public ListErrorRule? OnError { get; init; }

    /// <summary>What happens to an item whose key is there; null for the table's rule.</summary>
    public KeyRule? OnExistingKey { get; init; }

    /// <summary>What happens to a picture that the table has already, or almost; null for the table's rule.</summary>
    public DuplicateRule? OnDuplicate { get; init; }

    /// <summary>The score from which a picture is a duplicate, 0.9 to 1; null for the table's.</summary>
    public double? DuplicateScore { get; init; }

    /// <summary>Whether pictures are loaded and checked, but not stored.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether a line with an id may have the key of another row.</summary>
    public bool SharedKeys { get; init; }

    /// <summary>
    /// The same key and table mean the same import, even with another list: 1 to 255 visible ASCII characters. Null for one of its own, which
    /// repeated requests of the call share.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    internal Members ToMembers() => new Members()
        .Add("on_error", OnError).Add("on_existing_key", OnExistingKey).Add("on_duplicate", OnDuplicate).Add("duplicate_score", DuplicateScore)
        .AddFlag("dry_run", DryRun).AddFlag("shared_keys", SharedKeys);
}
