using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.Reembedding;

/// <summary>Changes of models in MySQL.</summary>
internal sealed class MySqlReembedSql : ReembedSql
{
    public const string CreateTables = $"""
        CREATE TABLE IF NOT EXISTS `imagesearch$reembeds` (
            generation BIGINT NOT NULL PRIMARY KEY,
            name VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            vector_set BIGINT NOT NULL,
            target_set BIGINT NOT NULL,
            model_name VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
            model_version VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
            dimension INT NOT NULL,
            views VARCHAR(32) CHARACTER SET ascii NOT NULL,
            max_failures BIGINT NOT NULL,
            owner VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
            read_paths INT NOT NULL,
            state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            fault TEXT,
            create_date DATETIME(3) NOT NULL,
            end_date DATETIME(3) DEFAULT NULL,
            UNIQUE KEY id (id)) {MySqlSchema.Options};
        CREATE TABLE IF NOT EXISTS `imagesearch$reembed_rows` (
            reembed_id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            id BIGINT NOT NULL,
            version INT NOT NULL,
            code VARCHAR(64) CHARACTER SET ascii DEFAULT NULL,
            message TEXT,
            feature MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin,
            feature_object MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin,
            PRIMARY KEY (reembed_id, id),
            KEY code (reembed_id, code)) {MySqlSchema.Options};
        """;

    protected override string Reembeds => "`imagesearch$reembeds`";

    protected override string Rows => "`imagesearch$reembed_rows`";

    protected override string Tables => "`imagesearch$tables`";

    protected override string InsertIgnore => "INSERT IGNORE";

    // The documented column of the last change would change by itself.
    public override string SwitchVectors(TableGeneration table) => $"""
        UPDATE {new TableSql(table).Table} r JOIN {Rows} e ON e.reembed_id = @id AND e.id = r.id
        SET r.feature = e.feature, r.feature_object = e.feature_object, r.upload_status = e.feature IS NOT NULL, r.modify_date = r.modify_date
        """;

    public override string Lock => $"SELECT 1 FROM {Tables} WHERE generation = @generation FOR UPDATE";

    public override string DeleteRows => $"DELETE FROM {Rows} WHERE reembed_id = @id LIMIT @count";

    public override string DeleteVectors => $"DELETE FROM {Rows} WHERE reembed_id = @id AND code IS NULL LIMIT @count";

    protected override string RowsOf(TableGeneration table) => $"{new TableSql(table).Table} r WHERE 1 = 1";

    protected override string Id(string column) => $"CAST({column} AS SIGNED)";

    protected override string DateText(string column) => $"LEFT(DATE_FORMAT({column}, '%Y-%m-%d %H:%i:%s.%f'), 23)";
}
