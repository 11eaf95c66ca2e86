using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.Keys;

/// <summary>The tables of API keys in MySQL.</summary>
internal static class MySqlKeyTables
{
    private const string Ascii = "CHARACTER SET ascii COLLATE ascii_bin";

    public const string Create = $"""
        CREATE TABLE IF NOT EXISTS `imagesearch$keys` (
            id VARCHAR(32) {Ascii} NOT NULL PRIMARY KEY,
            name VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
            hash CHAR(64) {Ascii} NOT NULL,
            previous_hash CHAR(64) {Ascii} DEFAULT NULL,
            previous_until CHAR(23) {Ascii} DEFAULT NULL,
            scopes VARCHAR(64) {Ascii} NOT NULL,
            tables TEXT {Ascii} NOT NULL,
            rate DOUBLE DEFAULT NULL,
            burst INT DEFAULT NULL,
            max_rows BIGINT DEFAULT NULL,
            max_tables INT DEFAULT NULL,
            expires CHAR(23) {Ascii} DEFAULT NULL,
            created CHAR(23) {Ascii} NOT NULL,
            rotated CHAR(23) {Ascii} DEFAULT NULL,
            last_used CHAR(23) {Ascii} DEFAULT NULL,
            disabled INT NOT NULL,
            revision BIGINT NOT NULL,
            UNIQUE KEY hash (hash),
            KEY previous_hash (previous_hash)) {MySqlSchema.Options};
        CREATE TABLE IF NOT EXISTS `imagesearch$audit` (
            number BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
            date CHAR(23) {Ascii} NOT NULL,
            who VARCHAR(32) {Ascii} NOT NULL,
            action VARCHAR(32) {Ascii} NOT NULL,
            target VARCHAR(64) {Ascii} NOT NULL,
            address VARCHAR(64) {Ascii} DEFAULT NULL,
            outcome VARCHAR(64) {Ascii} NOT NULL,
            detail TEXT COLLATE utf8mb4_bin DEFAULT NULL,
            KEY date (date)) {MySqlSchema.Options};
        """;

    public static KeySql Sql { get; } = new("`imagesearch$keys`", "`imagesearch$audit`", "INSERT IGNORE");
}
