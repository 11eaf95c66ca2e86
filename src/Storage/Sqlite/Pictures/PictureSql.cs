namespace ImageSearch.Storage.Sqlite.Pictures;

/// <summary>The SQL on kept pictures. Every statement takes the parameter <c>$generation</c>.</summary>
/// <remarks>
/// A table of its own: reads of rows touch none of its pages. Its integer key keeps the bytes out of inner pages. The index on sizes covers
/// the sums of a table.
/// </remarks>
internal static class PictureSql
{
    /// <summary>Older files get the table when they are next opened.</summary>
    public const string Create = """
        CREATE TABLE IF NOT EXISTS imagesearch_pictures (
            number INTEGER PRIMARY KEY,
            generation INTEGER NOT NULL,
            id INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            version INTEGER NOT NULL,
            length INTEGER NOT NULL,
            media_type TEXT NOT NULL,
            tag TEXT NOT NULL,
            bytes BLOB NOT NULL,
            object TEXT);
        CREATE UNIQUE INDEX IF NOT EXISTS imagesearch_pictures_id ON imagesearch_pictures (generation, id, kind);
        CREATE INDEX IF NOT EXISTS imagesearch_pictures_size ON imagesearch_pictures (generation, kind, length);
        """;

    /// <summary>
    /// On the token of the object that has the bytes, which the row then lacks. Files of older versions get the column, and then the index,
    /// when they are next opened.
    /// </summary>
    public const string IndexObjects =
        "CREATE INDEX IF NOT EXISTS imagesearch_pictures_object ON imagesearch_pictures (object) WHERE object IS NOT NULL";

    /// <summary>A row of an older program's may have left a picture under the id.</summary>
    public const string Insert = """
        INSERT OR REPLACE INTO imagesearch_pictures (generation, id, kind, version, length, media_type, tag, bytes, object)
        VALUES ($generation, $id, $kind, $version, $length, $type, $tag, $bytes, $object)
        """;

    public const string DeleteOf =
        "DELETE FROM imagesearch_pictures INDEXED BY imagesearch_pictures_id WHERE generation = $generation AND id IN (SELECT value FROM json_each($ids))";

    public const string DeleteSome = """
        DELETE FROM imagesearch_pictures WHERE number IN (
            SELECT number FROM imagesearch_pictures INDEXED BY imagesearch_pictures_size
            WHERE generation = $generation AND kind = $kind LIMIT $count)
        """;

    public const string Find = """
        SELECT tag, media_type, CASE WHEN $bytes THEN bytes END, object, length FROM imagesearch_pictures INDEXED BY imagesearch_pictures_id
        WHERE generation = $generation AND id = $id AND kind = $kind AND version = $version
        """;

    public const string List = """
        SELECT id, version, kind, media_type, CASE WHEN kind = $thumbnail THEN bytes END FROM imagesearch_pictures INDEXED BY imagesearch_pictures_id
        WHERE generation = $generation AND id IN (SELECT value FROM json_each($ids))
        """;

    public const string Measure =
        "SELECT coalesce(sum(length), 0) FROM imagesearch_pictures INDEXED BY imagesearch_pictures_size WHERE generation = $generation";

    /// <summary>The tokens of a list that rows refer to, of any table.</summary>
    public const string FindTokens = """
        SELECT object FROM imagesearch_pictures INDEXED BY imagesearch_pictures_object
        WHERE object IS NOT NULL AND object IN (SELECT value FROM json_each($tokens))
        """;

    /// <summary>Statements on pictures, for a test of their plans.</summary>
    internal static IReadOnlyList<string> Statements => [DeleteOf, DeleteSome, Find, FindTokens, List, Measure];
}
