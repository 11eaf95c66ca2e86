namespace ImageSearch.Storage.Catalog;

/// <summary>Bounds that every catalog keeps.</summary>
public static class CatalogLimits
{
    /// <summary>Live tables unless the setting MAX_TABLES says otherwise: what creates and searches are measured with.</summary>
    public const int DefaultMaxTables = 20_000;

    /// <summary>The greatest value of MAX_TABLES.</summary>
    public const int GreatestMaxTables = 1_000_000;
}
