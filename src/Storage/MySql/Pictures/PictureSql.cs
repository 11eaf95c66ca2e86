using System.Globalization;
using System.Text;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Items;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Pictures;

/// <summary>The SQL on kept pictures: one table for those of all data sets, so that a shop's tables keep their columns.</summary>
internal static class PictureSql
{
    public const string Table = "`imagesearch$pictures`";

    /// <summary>The column of the token of the object that has the bytes, which the row then lacks.</summary>
    public const string ObjectColumn = "CHAR(32) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL, ADD KEY object (object)";

    /// <summary>The key on sizes covers the sums of a table.</summary>
    public const string Create = $"""
        CREATE TABLE IF NOT EXISTS {Table} (
            generation BIGINT NOT NULL,
            id BIGINT UNSIGNED NOT NULL,
            kind TINYINT NOT NULL,
            version INT NOT NULL,
            length INT NOT NULL,
            media_type VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            tag CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            bytes LONGBLOB NOT NULL,
            object CHAR(32) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
            PRIMARY KEY (generation, id, kind),
            KEY size (generation, length),
            KEY object (object)) ENGINE=InnoDB;
        """;

    public const string Measure = $"SELECT CAST(COALESCE(SUM(length), 0) AS SIGNED) FROM {Table} WHERE generation = @G";

    /// <summary>The picture <c>@kind</c> of an item's present version, beside the item; NULL where it is not kept.</summary>
    public static string Find(TableGeneration table, bool isByKey, bool withBytes) => $"""
        SELECT p.tag, p.media_type, {(withBytes ? "p.bytes" : "NULL")}, p.object, p.length
        FROM {new TableSql(table).Table} r
        LEFT JOIN {Table} p ON p.generation = @G AND p.id = r.id AND p.kind = @kind AND p.version = r.version
        WHERE {(isByKey ? ItemSql.WithKey : "r.id = @id")} ORDER BY r.id LIMIT 1;
        {ItemSql.LiveRevision}
        """;

    /// <summary>The pictures of rows; of originals without the bytes.</summary>
    public static string List(IEnumerable<long> ids) => string.Create(CultureInfo.InvariantCulture, $"""
        SELECT id, version, kind, media_type, CASE WHEN kind = {(int)PictureKind.Thumbnail} THEN bytes END FROM {Table}
        WHERE generation = @G AND id IN ({SqlList.Of(ids)});
        {ItemSql.LiveRevision}
        """);

    /// <summary>The original of a row's version.</summary>
    public static string FindOriginal { get; } = string.Create(CultureInfo.InvariantCulture, $"""
        SELECT tag, media_type, bytes, object, length FROM {Table}
        WHERE generation = @G AND id = @id AND kind = {(int)PictureKind.Original} AND version = @version;
        {ItemSql.LiveRevision}
        """);

    /// <summary>The tokens of a list that rows refer to, of any table.</summary>
    public static string FindTokens(string list) => $"SELECT object FROM {Table} WHERE object IN ({list})";

    /// <summary>The statement that deletes the pictures of rows, with a semicolon.</summary>
    public static string Delete(TableGeneration table, IEnumerable<long> ids) =>
        string.Create(CultureInfo.InvariantCulture, $"DELETE FROM {Table} WHERE generation = {table.Number} AND id IN ({SqlList.Of(ids)});\n");

    /// <summary>The statements for rows that were written, each with a semicolon; empty if there is nothing to do.</summary>
    public static string Write(TableGeneration table, IEnumerable<RowToWrite> rows, StatementValues values)
    {
        // Of a row that is written several times only the last picture is kept.
        var last = rows.GroupBy(row => row.Row.Id).Select(row => row.Last()).ToList();
        var replaced = last.Where(row => row.MayHaveEntries).Select(row => row.Row.Id).ToList();
        return (replaced.Count > 0 ? Delete(table, replaced) : "") + Insert(table, last.Select(row => (row.Row, row.Vectors.Kept)), values);
    }

    /// <summary>The statement that stores pictures, with a semicolon; empty if there are none.</summary>
    public static string Insert(
        TableGeneration table, IEnumerable<(RowVersion Row, IReadOnlyList<EncodedKept> Kept)> rows, StatementValues values)
    {
        var text = new StringBuilder();
        foreach (var (row, kept) in rows)
        {
            foreach (var picture in kept)
            {
                text.Append(text.Length == 0 ? $"REPLACE INTO {Table} (generation, id, kind, version, length, media_type, tag, bytes, object) VALUES " : ", ")
                    .Append(CultureInfo.InvariantCulture, $"({table.Number}, {row.Id}, {(int)picture.Kind}, {row.Version}, {picture.Length}, ")
                    .Append(values.AddOne(picture.MediaType)).Append(", ").Append(values.AddOne(picture.Tag)).Append(", ")
                    .Append(values.AddOne(picture.Bytes)).Append(picture.Token is { } token ? $", '{token}')" : ", NULL)");
            }
        }

        return text.Length == 0 ? "" : text.Append(";\n").ToString();
    }
}
