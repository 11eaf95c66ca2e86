namespace ImageSearch.Storage.Catalog.Attributes;

/// <summary>
/// Bounds the entries of indexes that one selection of ids reads. A filter can have hundreds of lookups that each find most rows of the
/// table, and to read an entry takes 0.3 µs (SQLite) to 2 µs (MySQL).
/// </summary>
internal static class EntryBudget
{
    // Several terms of a conjunction may each exceed a small limit before one that finds few rows.
    private const int MinEntries = 50_000;

    /// <summary>Maximum number of entries that a selection of up to this many ids reads.</summary>
    public static long Of(int limit) => Math.Max(2L * limit, MinEntries);
}
