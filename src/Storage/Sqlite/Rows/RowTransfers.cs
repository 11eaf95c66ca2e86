using Dapper;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Attributes;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Rows;

/// <summary>Reads and writes of whole rows. Each runs in one snapshot or in the writer's transaction.</summary>
internal static class RowTransfers
{
    private const string Columns = """
        id AS Id, milvus_id AS MilvusId, tags AS Tags, brief AS Brief, upload_status AS UploadStatus, version AS Version,
        item_key AS ItemKey, file_path AS FilePath, create_date AS CreateDate, modify_date AS ModifyDate, product_id AS ProductId,
        attributes AS Attributes, feature AS Feature, feature_object AS FeatureObject
        """;

    public static Result<TableExtent> Extent(SqliteSession db, TableGeneration table)
    {
        if (Registry.LiveDimension(db, table) is null) return CatalogFailures.TableDropped(table);
        return new TableExtent(
            (long)db.Scalar(RowSql.CountAll, ("$generation", table.Number))!,
            (long)db.Scalar(
                $"SELECT max(last_id, coalesce(({RowSql.GreatestIssued}), 0)) FROM imagesearch_tables WHERE generation = $generation",
                ("$generation", table.Number))!);
    }

    public static Result<IReadOnlyList<StoredRow>> Read(SqliteSession db, TableGeneration table, long after, int count) =>
        Select(db, table, "id > $after ORDER BY id LIMIT $count", ("$after", after), ("$count", count));

    public static Result<IReadOnlyList<StoredRow>> Find(SqliteSession db, TableGeneration table, IReadOnlyCollection<long> ids) =>
        Select(db, table, "id IN (SELECT value FROM json_each($ids)) ORDER BY id", ("$ids", IdList.Json(ids)));

    public static Result<IReadOnlyList<long>> Insert(SqliteSession db, TableGeneration table, IReadOnlyList<StoredRow> rows, string now)
    {
        if (Registry.Live(db, table) is not { } live) return CatalogFailures.TableDropped(table);
        const string Sql = """
            INSERT INTO imagesearch_rows
                (generation, id, milvus_id, tags, brief, upload_status, version, item_key, file_path, create_date, modify_date, product_id,
                 attributes, feature, feature_object)
            VALUES ($generation, $id, $milvus, $tags, $brief, $status, $version, $key, $path, $created, $modified, $product, $attributes,
                 $feature, $object)
            ON CONFLICT (generation, id) DO NOTHING
            """;
        var stored = new List<long>(rows.Count);
        foreach (var row in rows)
        {
            var count = db.Execute(
                Sql,
                ("$generation", table.Number), ("$id", row.Id), ("$milvus", row.MilvusId), ("$tags", row.Tags), ("$brief", row.Brief), ("$status", row.UploadStatus),
                ("$version", row.Version), ("$key", row.ItemKey), ("$path", row.FilePath), ("$created", row.CreateDate ?? now),
                ("$modified", row.ModifyDate ?? now), ("$product", row.ProductId), ("$attributes", row.Attributes),
                ("$feature", row.Feature), ("$object", row.FeatureObject));
            if (count == 0) continue;
            stored.Add(row.Id);
            AttributeIndex.Add(db, live, row.Id, row.ProductId, row.Attributes);
        }

        stored.Sort();
        var issued = stored.FindLastIndex(id => id < IssuedIds.End);
        if (issued >= 0) RaiseLastId(db, table, stored[issued]);
        return Result.Success<IReadOnlyList<long>>(stored);
    }

    public static Result<Done> RaiseLastId(SqliteSession db, TableGeneration table, long lastId) =>
        db.Execute(
            """
            UPDATE imagesearch_tables SET last_id = max(last_id, $last)
            WHERE generation = $generation AND name = $name AND state = 'live'
            """,
            ("$last", lastId), ("$generation", table.Number), ("$name", table.Name.Value)) == 1
            ? Done.Ok
            : CatalogFailures.TableDropped(table);

    private static Result<IReadOnlyList<StoredRow>> Select(
        SqliteSession db, TableGeneration table, string which, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (Registry.LiveDimension(db, table) is null) return CatalogFailures.TableDropped(table);
        using var reader = db.Query(
            $"SELECT {Columns} FROM imagesearch_rows INDEXED BY imagesearch_rows_id WHERE generation = $generation AND {which}",
            [("$generation", table.Number), .. values]);
        return Result.Success<IReadOnlyList<StoredRow>>(reader.Parse<StoredRow>().AsList());
    }
}
