namespace ImageSearch.Storage.Catalog;

/// <summary>
/// Ids that a catalog gives out stay below 2^53, for JavaScript reads no greater number exactly. Rows that were put in may have greater ones
/// (those that Milvus makes up are): they don't count when the next id is chosen.
/// </summary>
internal static class IssuedIds
{
    /// <summary>The first number that is never given out.</summary>
    public const long End = 1L << 53;

    /// <summary><see cref="End"/> for SQL.</summary>
    public const string EndSql = "9007199254740992";
}
