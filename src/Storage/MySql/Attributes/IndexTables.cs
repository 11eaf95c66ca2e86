using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.MySql.Attributes;

/// <summary>
/// The tables by which items are found by attributes: which attributes of which table are indexed, and an entry for each value of an indexed
/// attribute. An index gets a number that is never used again. Entries carry it instead of the table and the attribute, so the entries of an
/// index that was dropped never belong to a later one and can be removed at any time.
/// </summary>
/// <remarks>
/// Writes of this version keep the entries in step with the rows, in one transaction. Processes of an older version delete rows and leave
/// their entries: such an entry names a row that does not exist, and ids are never used again. Their adds and changes write no attributes.
/// An older version's import and a shop's own SQL may write attributes without entries, so filters miss those rows; ending the attribute's
/// index and starting it again by the table's settings repairs that.
/// </remarks>
internal static class IndexTables
{
    public const string Indexes = "`imagesearch$indexes`";
    public const string Entries = "`imagesearch$attributes`";

    /// <summary>Entries of rows that were written before the index are missing. Writes maintain it, filters ignore it.</summary>
    public const string Building = "building";

    public const string Ready = "ready";

    /// <summary>Nothing uses the index; its entries have yet to be removed.</summary>
    public const string Dropped = "dropped";

    // A binary text compares by code points, as filters do; utf8mb4_bin would ignore trailing spaces. The primary key serves the removal of
    // a row's entries. Rows are appended to it, and a row's entries lie together.
    public const string Create = $"""
        CREATE TABLE IF NOT EXISTS {Indexes} (
            number BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
            generation BIGINT NOT NULL,
            attribute VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            type VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            last_id BIGINT NOT NULL DEFAULT -1,
            KEY generation (generation)) {MySqlSchema.Options};
        CREATE TABLE IF NOT EXISTS {Entries} (
            index_number BIGINT NOT NULL,
            id BIGINT NOT NULL,
            position SMALLINT NOT NULL,
            text VARBINARY(1020) DEFAULT NULL,
            number DOUBLE DEFAULT NULL,
            PRIMARY KEY (index_number, id, position),
            KEY texts (index_number, text, id),
            KEY numbers (index_number, number, id)) {MySqlSchema.Options};
        """;
}
