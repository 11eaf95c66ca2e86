using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.Imports;

/// <summary>Imports in MySQL. Claims go by the database's clock, which all processes share.</summary>
internal sealed class MySqlImportSql : ImportSql
{
    /// <summary>The type of the column that names the API key of an import.</summary>
    public const string ApiKeyType = "VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL";

    /// <summary>The type of the column that says what an import does with duplicates.</summary>
    public const string OnDuplicateType = "VARCHAR(16) CHARACTER SET ascii DEFAULT NULL";

    /// <summary>The type of the column with the score of duplicates.</summary>
    public const string DuplicateScoreType = "DOUBLE DEFAULT NULL";

    /// <summary>The type of the column that counts the duplicates of a piece.</summary>
    public const string DuplicatesType = "INT NOT NULL DEFAULT 0";

    public const string Tables = $"""
        CREATE TABLE IF NOT EXISTS `imagesearch$imports` (
            id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
            name VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            generation BIGINT NOT NULL,
            views VARCHAR(32) CHARACTER SET ascii NOT NULL,
            state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            fault TEXT,
            create_date DATETIME(3) NOT NULL,
            end_date DATETIME(3) DEFAULT NULL,
            owner CHAR(32) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
            owned_until DATETIME(3) DEFAULT NULL,
            KEY state (state)) {MySqlSchema.Options};
        CREATE TABLE IF NOT EXISTS `imagesearch$import_pieces` (
            import_id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            number INT NOT NULL,
            items INT NOT NULL,
            next INT NOT NULL,
            stored INT NOT NULL DEFAULT 0,
            failed INT NOT NULL DEFAULT 0,
            content MEDIUMTEXT NOT NULL,
            failures MEDIUMTEXT NOT NULL,
            duplicates {DuplicatesType},
            PRIMARY KEY (import_id, number),
            FOREIGN KEY (import_id) REFERENCES `imagesearch$imports` (id) ON DELETE CASCADE) {MySqlSchema.Options};
        CREATE TABLE IF NOT EXISTS `imagesearch$import_steps` (
            import_id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            number INT NOT NULL,
            next INT NOT NULL,
            begun INT NOT NULL,
            alone_until INT NOT NULL,
            PRIMARY KEY (import_id, number),
            FOREIGN KEY (import_id) REFERENCES `imagesearch$imports` (id) ON DELETE CASCADE) {MySqlSchema.Options};
        CREATE TABLE IF NOT EXISTS `imagesearch$import_choices` (
            import_id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
            on_existing_key VARCHAR(16) CHARACTER SET ascii,
            dry_run INT NOT NULL,
            immediate INT NOT NULL,
            api_key {ApiKeyType},
            on_duplicate {OnDuplicateType},
            duplicate_score {DuplicateScoreType},
            FOREIGN KEY (import_id) REFERENCES `imagesearch$imports` (id) ON DELETE CASCADE) {MySqlSchema.Options};
        CREATE TABLE IF NOT EXISTS `imagesearch$import_pictures` (
            import_id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            line BIGINT NOT NULL,
            part INT NOT NULL,
            content MEDIUMBLOB NOT NULL,
            PRIMARY KEY (import_id, line, part),
            FOREIGN KEY (import_id) REFERENCES `imagesearch$imports` (id) ON DELETE CASCADE) {MySqlSchema.Options};
        """;

    protected override string Imports => "`imagesearch$imports`";

    protected override string Pieces => "`imagesearch$import_pieces`";

    protected override string Steps => "`imagesearch$import_steps`";

    protected override string Choices => "`imagesearch$import_choices`";

    protected override string Pictures => "`imagesearch$import_pictures`";

    protected override string InsertIgnore => "INSERT IGNORE";

    protected override string StepExists => "ON DUPLICATE KEY UPDATE next = @next, begun = @begun, alone_until = @alone";

    public override string Claim => $"""
        UPDATE {Imports} SET owner = @owner, owned_until = UTC_TIMESTAMP(3) + INTERVAL @microseconds MICROSECOND
        WHERE id = @id AND state = 'Running' AND (owner IS NULL OR owner = @owner OR owned_until <= UTC_TIMESTAMP(3))
        """;

    // The columns of the claim are free until the list is complete. A claim has an owner, which a receiver does not set.
    public override string Hear => $"""
        UPDATE {Imports} SET owned_until = UTC_TIMESTAMP(3) + INTERVAL @microseconds MICROSECOND WHERE id = @id AND state = 'Receiving'
        """;

    protected override string IsUnheard => "(owned_until IS NULL OR owned_until <= UTC_TIMESTAMP(3))";

    public override string FindClaimed => $"SELECT 1 FROM {Imports} WHERE id = @id AND state = 'Running' AND owner = @owner";

    protected override string DateText(string column) => $"LEFT(DATE_FORMAT({column}, '%Y-%m-%d %H:%i:%s.%f'), 23)";

    protected override string Sum(string column) => $"CAST(COALESCE(SUM({column}), 0) AS SIGNED)";

    protected override string Append(string column, string value) => $"CONCAT({column}, {value})";
}
