namespace ImageSearch.Storage.Catalog;

/// <summary>Limits of every catalog.</summary>
public static class CatalogLimits
{
    /// <summary>Default of the setting MAX_TABLES: the number of live tables that creating and searching is measured with.</summary>
    public const int DefaultMaxTables = 20_000;

    /// <summary>Upper bound of the setting MAX_TABLES.</summary>
    public const int MaxTablesBound = 1_000_000;
}
