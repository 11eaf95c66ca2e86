using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.MySql.Rows;

/// <summary>The SQL on one data set's rows; the MySQL table has the data set's name, so that a shop's own SQL keeps working.</summary>
/// <remarks>
/// The name is safe in SQL text because <see cref="TableName"/> allows only letters, digits and underscores; the backticks are for names
/// that are SQL keywords.
/// </remarks>
internal readonly struct TableSql(TableGeneration generation)
{
    /// <summary>The column of product ids.</summary>
    public const string ProductId = "product_id";

    /// <summary>The column of the times at which rows were added.</summary>
    public const string Created = "create_date";

    /// <summary>The columns of the documented table.</summary>
    public static readonly IReadOnlyList<string> Documented =
        ["id", "milvus_id", "tags", "brief", "upload_status", "feature", "create_date", "modify_date"];

    /// <summary>
    /// The additional columns with their definitions. The key on the version covers what counting and comparing the vector index with the
    /// catalog read, so that both avoid the pages of the features.
    /// </summary>
    public static readonly IReadOnlyList<(string Name, string Definition)> Ours =
    [
        ("version", "INT NOT NULL DEFAULT 1, ADD KEY `imagesearch_versions` (id, version, upload_status)"),
        ("item_key", "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL, ADD KEY `imagesearch_item_key` (item_key)"),
        ("file_path", "VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL"),
        ("product_id", "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL, " + Key(ProductId)),
        ("attributes", "JSON DEFAULT NULL"),
        ("feature_object", "MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL"),
    ];

    /// <summary>The MySQL table that holds the rows.</summary>
    public string Table { get; } = $"`{generation.Name}`";

    /// <summary>The name that a dropped table is renamed to, so that its own name is free.</summary>
    public string GoneName => string.Create(CultureInfo.InvariantCulture, $"imagesearch$gone_{generation.Number}");

    public string Create => $"""
        CREATE TABLE {Table} (
            `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT COMMENT '主键ID',
            `milvus_id` bigint(20) DEFAULT NULL COMMENT 'milvus 数据id',
            `tags` varchar(32) DEFAULT NULL COMMENT '标识',
            `brief` varchar(500) DEFAULT NULL COMMENT '图片摘要',
            `upload_status` tinyint(2) DEFAULT 0 COMMENT '0 待上传到milvus 1成功上传到milvus',
            `feature` mediumtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT '图片特征向量',
            `create_date` datetime(3) DEFAULT NULL COMMENT '创建时间',
            `modify_date` datetime(3) DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP(3) COMMENT '修改时间',
            PRIMARY KEY (`id`),
            KEY `idx_tags` (`tags`),
            KEY `idx_milvus_id` (`milvus_id`)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='图片上传记录表'
        """;

    public string AddColumns(IEnumerable<(string Name, string Definition)> columns) =>
        $"ALTER TABLE {Table} {string.Join(", ", columns.Select(column => $"ADD COLUMN `{column.Name}` {column.Definition}"))}";

    /// <summary>Adds a key on a column.</summary>
    /// <param name="column"><see cref="ProductId"/> or <see cref="Created"/>.</param>
    public string AddKey(string column) => $"ALTER TABLE {Table} {Key(column)}";

    public string StartIdsAt(long id) => string.Create(CultureInfo.InvariantCulture, $"ALTER TABLE {Table} AUTO_INCREMENT = {id}");

    public string MoveAway => $"RENAME TABLE {Table} TO `{GoneName}`";

    public string Drop => $"DROP TABLE IF EXISTS `{GoneName}`";

    /// <summary>The greatest id that may have been assigned.</summary>
    public string GreatestIssued => $"SELECT CAST(COALESCE(MAX(id), 0) AS SIGNED) FROM {Table} WHERE id < {IssuedIds.EndSql}";

    public string Insert =>
        $"INSERT INTO {Table} (id, milvus_id, tags, brief, upload_status, version, item_key, file_path, create_date, modify_date, "
        + "product_id, attributes, feature, feature_object) VALUES ";

    public string ChangeTexts(PictureTexts texts) => $"""
        UPDATE {Table}
        SET tags = COALESCE(@tags, tags), brief = COALESCE(@brief, brief), item_key = COALESCE(@key, item_key),
            file_path = COALESCE(@path, file_path), {Further(texts)}modify_date = @now
        WHERE id = @id;
        SELECT version FROM {Table} WHERE id = @id
        """;

    public string ChangePicture(PictureTexts texts) => $"""
        UPDATE {Table}
        SET tags = COALESCE(@tags, tags), brief = COALESCE(@brief, brief), item_key = COALESCE(@key, item_key),
            file_path = COALESCE(@path, file_path), {Further(texts)}modify_date = @now,
            upload_status = @status, version = version + 1, feature = @feature, feature_object = @object
        WHERE id = @id;
        SELECT version FROM {Table} WHERE id = @id
        """;

    // COALESCE with a JSON column gives a text in MySQL.
    private static string Further(PictureTexts texts) =>
        (texts.ProductId is null ? "" : "product_id = @product, ") + (texts.Attributes is null ? "" : "attributes = @attributes, ");

    public string LockByIds(string ids) =>
        $"SELECT CAST(id AS SIGNED) AS Id, version AS Version FROM {Table} WHERE id IN ({ids}) ORDER BY id FOR UPDATE";

    // utf8mb4_bin ignores trailing spaces in comparisons, so the caller compares the keys too.
    public string LockByKeys(string keys) => $"""
        SELECT CAST(id AS SIGNED) AS Id, version AS Version, item_key AS ItemKey FROM {Table} WHERE item_key IN ({keys}) ORDER BY id FOR UPDATE
        """;

    public string Delete(string ids) => $"DELETE FROM {Table} WHERE id IN ({ids})";

    public string MarkSearchable(string ids) => $"UPDATE {Table} SET upload_status = 1, modify_date = modify_date WHERE id IN ({ids})";

    // One query that also tells whether the generation is live: without any row it is not.
    public string Texts(string ids) => $"""
        SELECT CAST(r.id AS SIGNED) AS Id, r.version AS Version, r.tags AS Tags, r.brief AS Brief, r.item_key AS ItemKey, r.file_path AS FilePath
        FROM `imagesearch$tables` g LEFT JOIN {Table} r ON r.id IN ({ids})
        WHERE {TableRegistry.WhereLive}
        """;

    public string CountSearchable => $"""
        SELECT (SELECT COUNT(*) FROM {Table} WHERE upload_status = 1) FROM `imagesearch$tables` g WHERE {TableRegistry.WhereLive}
        """;

    // The second statement tells whether the generation is live. It runs after the rows were read: live then, it was live during the read.
    public string Vectors(string which) => $"""
        SELECT CAST(id AS SIGNED), version, feature, feature_object FROM {Table} WHERE {which};
        SELECT 1 FROM `imagesearch$tables` g WHERE {TableRegistry.WhereLive}
        """;

    // Selects the few waiting rows by an index without features.
    public string WaitingVectors(string which) => $"""
        SELECT CAST(r.id AS SIGNED), r.version, r.feature, r.feature_object
        FROM (SELECT id FROM {Table} IGNORE INDEX (PRIMARY) WHERE {which}) w STRAIGHT_JOIN {Table} r ON r.id = w.id ORDER BY r.id;
        SELECT 1 FROM `imagesearch$tables` g WHERE {TableRegistry.WhereLive}
        """;

    // The planner would use the clustered index for a range of ids. Unlike a hint that names our key, this one works even if that key was
    // dropped.
    public string Versions(string which) => $"""
        SELECT CAST(id AS SIGNED), version FROM {Table} IGNORE INDEX (PRIMARY) WHERE {which};
        SELECT 1 FROM `imagesearch$tables` g WHERE {TableRegistry.WhereLive}
        """;

    /// <summary>
    /// Advances the registry row if it matches <c>@known</c> and <c>@change</c> and no row with a greater id was added by a shop's own SQL.
    /// </summary>
    public string Advance => $"""
        UPDATE `imagesearch$tables` g SET g.last_id = @lastId, g.last_change = @change
        WHERE {TableRegistry.WhereLive} AND g.last_id = @known AND g.last_change = @change - 1 AND ({GreatestIssued}) <= @known
        """;

    /// <summary>A further condition of <see cref="Advance"/>: no row has one of the keys.</summary>
    public string AndNoneWith(string keys) => $" AND NOT EXISTS (SELECT 1 FROM {Table} WHERE item_key IN ({keys}))";

    // Includes the greatest id, so that rows added by a shop's own SQL don't make every later add fail.
    public string Lock => $"""
        SELECT g.dimension AS Dimension, GREATEST(g.last_id, ({GreatestIssued})) AS LastId,
            g.last_change AS LastChange, g.revision AS Revision, g.settings IS NOT NULL AS HasSettings, g.removed_version AS RemovedVersion
        FROM `imagesearch$tables` g WHERE {TableRegistry.WhereLive} FOR UPDATE
        """;

    private static string Key(string column) => $"ADD KEY `imagesearch_{column}` ({column})";
}
