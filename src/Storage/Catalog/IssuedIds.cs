namespace ImageSearch.Storage.Catalog;

/// <summary>
/// Ids that a catalog assigns stay below 2^53, the limit up to which JavaScript represents integers exactly. Imported rows may have greater
/// ids, such as those that Milvus generates; they are ignored when the next id is chosen.
/// </summary>
internal static class IssuedIds
{
    /// <summary>The first number that is never assigned.</summary>
    public const long End = 1L << 53;

    /// <summary><see cref="End"/> for SQL.</summary>
    public const string EndSql = "9007199254740992";
}
