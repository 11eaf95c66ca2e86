namespace ImageSearch.Storage.Catalog;

/// <summary>
/// Versions of rows whose ids are given. Such an id may be that of a row that was deleted, and a vector index, a snapshot or another
/// process may still know a version of that row. Each row with a given id therefore begins with a version above all that the table has
/// removed.
/// </summary>
internal static class GivenIds
{
    // Rows that were removed by a process of an older version, or by a shop's own SQL, are not recorded. Their versions count changes of
    // pictures, or are older dates.
    private static readonly DateTime Epoch = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The version of a new row with a given id.</summary>
    /// <param name="removed">The greatest version that the table has removed; 0 for none.</param>
    /// <param name="now">The current date, as <see cref="CatalogTime"/> writes it.</param>
    public static int FirstVersion(int removed, string now)
    {
        var seconds = (CatalogTime.Parse(now) - Epoch).TotalSeconds;
        return Math.Max(removed + 1, (int)Math.Clamp(seconds, 1, int.MaxValue / 2));
    }

    /// <summary>The version to record of a removed row, which leaves room for greater ones.</summary>
    public static int Removed(int version) => Math.Clamp(version, 0, int.MaxValue / 2);
}
