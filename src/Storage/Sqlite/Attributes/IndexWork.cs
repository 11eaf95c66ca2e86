using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Catalog.Attributes;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Attributes;

/// <summary>
/// The attributes whose index is not complete. First their old entries are removed, then those of all rows are added, in the background;
/// until then no lookup uses the index.
/// </summary>
internal static class IndexWork
{
    /// <summary>after_id: the last row whose entries are added, once the old ones are removed.</summary>
    public const string Create = """
        CREATE TABLE imagesearch_attribute_work (
            generation INTEGER NOT NULL,
            attribute TEXT NOT NULL,
            clearing INTEGER NOT NULL,
            after_id INTEGER NOT NULL,
            PRIMARY KEY (generation, attribute)) WITHOUT ROWID;
        """;

    /// <summary>Starts to index the product ids of all tables.</summary>
    public const string AddProductIds = $"""
        INSERT INTO imagesearch_attribute_work (generation, attribute, clearing, after_id)
        SELECT generation, '{AttributeEntry.ProductId}', 0, -9223372036854775808 FROM imagesearch_tables WHERE state = 'live';
        """;

    private const string Add = """
        INSERT INTO imagesearch_attribute_work (generation, attribute, clearing, after_id)
        VALUES ($generation, $attribute, 1, -9223372036854775808)
        ON CONFLICT (generation, attribute) DO UPDATE SET clearing = 1, after_id = excluded.after_id
        """;

    /// <summary>Notes what new settings of a table change in its index.</summary>
    /// <returns>Whether there is work.</returns>
    public static bool Start(SqliteSession db, LiveTable table, TableSettings settings)
    {
        var before = table.Settings.Attributes.Where(attribute => attribute.Indexed).ToHashSet();
        var after = settings.Attributes.Where(attribute => attribute.Indexed).ToHashSet();
        before.SymmetricExceptWith(after);
        if (before.Count == 0 || IsEmpty(db, table.Generation)) return false;
        foreach (var name in before.Select(attribute => attribute.Name).Distinct(StringComparer.Ordinal))
            db.Execute(Add, ("$generation", table.Generation.Number), ("$attribute", name));
        return true;
    }

    /// <summary>The attributes of a table whose index is not complete.</summary>
    public static IReadOnlySet<string> Incomplete(SqliteSession db, TableGeneration table)
    {
        using var reader = db.Query(
            "SELECT attribute FROM imagesearch_attribute_work WHERE generation = $generation", ("$generation", table.Number));
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read()) names.Add(reader.GetString(0));
        return names;
    }

    // Without rows and entries that a removed attribute left, every index is complete.
    private static bool IsEmpty(SqliteSession db, TableGeneration table) =>
        db.Scalar("SELECT 1 FROM imagesearch_attribute_work WHERE generation = $generation LIMIT 1", ("$generation", table.Number)) is null
        && db.Scalar(
            "SELECT 1 FROM imagesearch_rows INDEXED BY imagesearch_rows_id WHERE generation = $generation LIMIT 1",
            ("$generation", table.Number)) is null;
}
