using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Sqlite.Rows;

/// <summary>The SQL on the rows of all data sets. Every statement takes the parameter <c>$generation</c>.</summary>
/// <remarks>
/// One table for the rows of all data sets: creating or dropping a table changes the file's schema, and each reader then reloads the
/// whole schema before its next statement (2 s with 6,000 tables). The features are the last columns, so that reading texts avoids their
/// overflow pages. The rows have a separate integer key: a WITHOUT ROWID tree stores rows in its inner pages too, and rows of several KB
/// would make it eight levels deep.
/// </remarks>
internal static class RowSql
{
    /// <summary>The table of rows.</summary>
    public const string Table = "imagesearch_rows";

    /// <summary>
    /// The index on versions covers the comparison of the vector index with the catalog: 100,000 rows are about 2 MB instead of 400 MB
    /// with features. Each index leads with the generation, so that one table's reads and counts touch no other table's entries.
    /// </summary>
    public const string Create = """
        CREATE TABLE imagesearch_rows (
            number INTEGER PRIMARY KEY,
            generation INTEGER NOT NULL,
            id INTEGER NOT NULL,
            milvus_id INTEGER,
            tags TEXT,
            brief TEXT,
            upload_status INTEGER NOT NULL DEFAULT 0,
            version INTEGER NOT NULL DEFAULT 1,
            item_key TEXT,
            file_path TEXT,
            create_date TEXT NOT NULL,
            modify_date TEXT NOT NULL,
            product_id TEXT,
            attributes TEXT,
            feature TEXT,
            feature_object TEXT);
        CREATE UNIQUE INDEX imagesearch_rows_id ON imagesearch_rows (generation, id);
        CREATE INDEX imagesearch_rows_versions ON imagesearch_rows (generation, id, version);
        CREATE INDEX imagesearch_rows_item_key ON imagesearch_rows (generation, item_key, id) WHERE item_key IS NOT NULL;
        CREATE INDEX imagesearch_rows_upload_status ON imagesearch_rows (generation, upload_status, id, version);
        """;

    /// <summary>The columns of a data set's own table in files of the first schema.</summary>
    public const string MovedColumns =
        "id, milvus_id, tags, brief, upload_status, version, item_key, file_path, create_date, modify_date, product_id, attributes, "
        + "feature, feature_object";

    /// <summary>The greatest id; NULL without rows.</summary>
    public const string GreatestId =
        "SELECT max(id) FROM imagesearch_rows INDEXED BY imagesearch_rows_id WHERE generation = $generation";

    /// <summary>The greatest id that may have been assigned; NULL without rows.</summary>
    public const string GreatestIssued =
        $"SELECT max(id) FROM imagesearch_rows INDEXED BY imagesearch_rows_id WHERE generation = $generation AND id < {IssuedIds.EndSql}";

    /// <summary>
    /// Takes the next id; returns no row if the table is not live. Includes the greatest id of the table, so that rows inserted by hand
    /// don't make every later add fail.
    /// </summary>
    public const string TakeId = $"""
        UPDATE imagesearch_tables
        SET last_id = max(last_id, coalesce(({GreatestIssued}), 0)) + 1
        WHERE generation = $generation AND name = $name AND state = 'live'
        RETURNING last_id
        """;

    public const string Insert = """
        INSERT INTO imagesearch_rows
            (generation, id, milvus_id, tags, brief, upload_status, version, item_key, file_path, create_date, modify_date, product_id,
             attributes, feature, feature_object)
        VALUES ($generation, $id, $id, $tags, $brief, $status, $version, $key, $path, $created, $modified, $product, $attributes, $feature, $object)
        """;

    /// <summary>Records that rows with this version or lower ones were removed.</summary>
    public const string RecordRemoved =
        "UPDATE imagesearch_tables SET removed_version = $version WHERE generation = $generation AND removed_version < $version";

    public const string RemovedVersion = "SELECT removed_version FROM imagesearch_tables WHERE generation = $generation";

    public const string OldestWithKey = """
        SELECT id, product_id, attributes FROM imagesearch_rows INDEXED BY imagesearch_rows_item_key
        WHERE generation = $generation AND item_key = $key ORDER BY id LIMIT 1
        """;

    public const string Replace = $"""
        UPDATE imagesearch_rows
        SET tags = $tags, brief = $brief, file_path = $path, upload_status = $status, version = version + 1, modify_date = $now,
            product_id = coalesce($product, product_id), attributes = coalesce($attributes, attributes), feature = $feature, feature_object = $object
        WHERE {ById}
        RETURNING version
        """;

    public const string ChangeTexts = $"""
        UPDATE imagesearch_rows
        SET tags = coalesce($tags, tags), brief = coalesce($brief, brief), item_key = coalesce($key, item_key),
            file_path = coalesce($path, file_path), product_id = coalesce($product, product_id),
            attributes = coalesce($attributes, attributes), modify_date = $now
        WHERE {ById}
        RETURNING version
        """;

    public const string ChangePicture = $"""
        UPDATE imagesearch_rows
        SET tags = coalesce($tags, tags), brief = coalesce($brief, brief), item_key = coalesce($key, item_key),
            file_path = coalesce($path, file_path), product_id = coalesce($product, product_id),
            attributes = coalesce($attributes, attributes), modify_date = $now,
            upload_status = $status, version = version + 1, feature = $feature, feature_object = $object
        WHERE {ById}
        RETURNING version
        """;

    public const string DeleteByIds = $"DELETE FROM imagesearch_rows INDEXED BY imagesearch_rows_id WHERE {ByIds} RETURNING {Deleted}";

    public const string DeleteByKey = $"""
        DELETE FROM imagesearch_rows INDEXED BY imagesearch_rows_item_key
        WHERE generation = $generation AND item_key = $key RETURNING {Deleted}
        """;

    public const string DeleteFirst = """
        DELETE FROM imagesearch_rows WHERE number IN (
            SELECT number FROM imagesearch_rows INDEXED BY imagesearch_rows_id WHERE generation = $generation ORDER BY id LIMIT $count)
        """;

    public const string MarkSearchable = $"UPDATE imagesearch_rows SET upload_status = 1 WHERE {ById} AND version = $version";

    public const string Texts = $"""
        SELECT id AS Id, version AS Version, tags AS Tags, brief AS Brief, item_key AS ItemKey, file_path AS FilePath
        FROM imagesearch_rows INDEXED BY imagesearch_rows_id WHERE {ByIds}
        """;

    public const string CountSearchable = """
        SELECT count(*) FROM imagesearch_rows INDEXED BY imagesearch_rows_upload_status
        WHERE generation = $generation AND upload_status = 1
        """;

    public const string CountAll =
        "SELECT count(*) FROM imagesearch_rows INDEXED BY imagesearch_rows_id WHERE generation = $generation";

    public const string VectorsOf = $"""
        SELECT id, version, feature, feature_object FROM imagesearch_rows INDEXED BY imagesearch_rows_id
        WHERE {ByIds} ORDER BY id
        """;

    /// <summary>The columns of a row whose index entries change, if it has any.</summary>
    public const string Indexed = $"SELECT product_id, attributes FROM imagesearch_rows INDEXED BY imagesearch_rows_id WHERE {ById}";

    private const string Deleted = "id, version, product_id, attributes";

    private const string ById = "generation = $generation AND id = $id";

    private const string ByIds = "generation = $generation AND id IN (SELECT value FROM json_each($ids))";

    private const string AllAfter = "imagesearch_rows_id WHERE generation = $generation AND id > $after ORDER BY id LIMIT $count";

    private const string WaitingAfter = """
        imagesearch_rows_upload_status
        WHERE generation = $generation AND upload_status = 0 AND id > $after ORDER BY id LIMIT $count
        """;

    public static string Vectors(RowSelection selection) =>
        "SELECT id, version, feature, feature_object FROM imagesearch_rows INDEXED BY "
        + (selection == RowSelection.Waiting ? WaitingAfter : AllAfter);

    public static string Versions(RowSelection selection) => selection == RowSelection.Waiting
        ? "SELECT id, version FROM imagesearch_rows INDEXED BY " + WaitingAfter
        : """
        SELECT id, version FROM imagesearch_rows INDEXED BY imagesearch_rows_versions
        WHERE generation = $generation AND id > $after ORDER BY id LIMIT $count
        """;
}
