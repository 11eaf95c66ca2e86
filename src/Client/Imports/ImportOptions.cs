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
        .Add("on_error", OnError).Add("on_existing_key", OnExistingKey).AddFlag("dry_run", DryRun).AddFlag("shared_keys", SharedKeys);
}
