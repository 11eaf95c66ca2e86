using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Catalog.Attributes;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Attributes;

/// <summary>
/// The index of attributes and product ids. Every write of a row writes its entries in the same transaction. Entries that a row no longer
/// has are computed from its old columns, so that no second index is needed to find them.
/// </summary>
internal static class AttributeIndex
{
    /// <summary>The values have no type affinity: texts and numbers are stored as they are.</summary>
    public const string Create = """
        CREATE TABLE imagesearch_attributes (
            generation INTEGER NOT NULL,
            attribute TEXT NOT NULL,
            value NOT NULL,
            id INTEGER NOT NULL,
            PRIMARY KEY (generation, attribute, value, id)) WITHOUT ROWID;
        """;

    // A row may have an entry already while its index is built.
    private const string Insert =
        "INSERT OR IGNORE INTO imagesearch_attributes (generation, attribute, value, id) VALUES ($generation, $attribute, $value, $id)";

    private const string Delete =
        "DELETE FROM imagesearch_attributes WHERE generation = $generation AND attribute = $attribute AND value = $value AND id = $id";

    /// <summary>Deletes some entries of a table, or of one attribute of it.</summary>
    private const string DeleteSome = """
        DELETE FROM imagesearch_attributes WHERE generation = $generation AND (attribute, value, id) IN (
            SELECT attribute, value, id FROM imagesearch_attributes WHERE generation = $generation LIMIT $count)
        """;

    private const string DeleteSomeOfAttribute = """
        DELETE FROM imagesearch_attributes WHERE generation = $generation AND attribute = $attribute AND (value, id) IN (
            SELECT value, id FROM imagesearch_attributes WHERE generation = $generation AND attribute = $attribute LIMIT $count)
        """;

    /// <summary>Statements on the index, for a test of their plans.</summary>
    internal static IReadOnlyList<string> Statements => [Insert, Delete, DeleteSome, DeleteSomeOfAttribute];

    /// <summary>Adds the entries of a new row.</summary>
    public static void Add(SqliteSession db, LiveTable table, long id, string? productId, string? attributes) =>
        Add(db, table.Generation, id, AttributeEntries.Of(productId, attributes, table.Settings));

    /// <summary>Adds entries of a row.</summary>
    public static void Add(SqliteSession db, TableGeneration table, long id, IEnumerable<AttributeEntry> entries)
    {
        foreach (var entry in entries) Run(db, Insert, table, id, entry);
    }

    /// <summary>Deletes the entries of a row that is gone.</summary>
    public static void Remove(SqliteSession db, LiveTable table, long id, string? productId, string? attributes)
    {
        foreach (var entry in AttributeEntries.Of(productId, attributes, table.Settings)) Run(db, Delete, table.Generation, id, entry);
    }

    /// <summary>Replaces the entries of a row whose columns have changed.</summary>
    public static void Replace(SqliteSession db, LiveTable table, long id, IndexedColumns before, IndexedColumns after)
    {
        if (before == after) return;
        var old = AttributeEntries.Of(before.ProductId, before.Attributes, table.Settings);
        var current = AttributeEntries.Of(after.ProductId, after.Attributes, table.Settings);
        foreach (var entry in old.Except(current)) Run(db, Delete, table.Generation, id, entry);
        Add(db, table.Generation, id, current);
    }

    /// <summary>Deletes some entries of a dropped table.</summary>
    /// <returns>Whether there may be more.</returns>
    public static bool Clear(SqliteSession db, TableGeneration table, int count) =>
        db.Execute(DeleteSome, ("$generation", table.Number), ("$count", count)) == count;

    /// <summary>Deletes some entries of an attribute.</summary>
    /// <returns>Whether there may be more.</returns>
    public static bool Clear(SqliteSession db, TableGeneration table, string attribute, int count) =>
        db.Execute(DeleteSomeOfAttribute, ("$generation", table.Number), ("$attribute", attribute), ("$count", count)) == count;

    private static void Run(SqliteSession db, string sql, TableGeneration table, long id, AttributeEntry entry) =>
        db.Execute(
            sql, ("$generation", table.Number), ("$attribute", entry.Attribute), ("$value", entry.Value.Boxed), ("$id", id));
}

/// <summary>The columns of a row that are indexed.</summary>
internal readonly record struct IndexedColumns(string? ProductId, string? Attributes);
