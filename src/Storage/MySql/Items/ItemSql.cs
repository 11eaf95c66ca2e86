using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.MySql.Items;

/// <summary>The SQL on items: rows with the fields of their owner.</summary>
internal static class ItemSql
{
    /// <summary>The columns that <see cref="ItemReader"/> reads, of a row <c>r</c>.</summary>
    public const string Columns = """
        CAST(r.id AS SIGNED), r.version, r.tags, r.brief, r.item_key, r.file_path, r.product_id, r.attributes,
        DATE_FORMAT(r.create_date, '%Y-%m-%d %H:%i:%s.%f'), DATE_FORMAT(r.modify_date, '%Y-%m-%d %H:%i:%s.%f')
        """;

    /// <summary>The columns of vectors, behind the others.</summary>
    public const string VectorColumns = ", r.feature, r.feature_object";

    /// <summary>The revision of a live table. It runs after the rows were read: live then, the table was live during the read.</summary>
    public const string LiveRevision = $"SELECT g.revision FROM `imagesearch$tables` g WHERE {TableRegistry.WhereLive}";

    /// <summary>The rows with the key <c>@key</c> of <c>@bytes</c> bytes: utf8mb4_bin ignores trailing spaces.</summary>
    public const string WithKey = "r.item_key = @key AND LENGTH(r.item_key) = @bytes";

    public static string Lock(TableSql sql, string which) => $"SELECT {Columns} FROM {sql.Table} r WHERE {which} FOR UPDATE";

    public static string CountRows(TableSql sql) =>
        $"SELECT (SELECT COUNT(*) FROM {sql.Table}) FROM `imagesearch$tables` g WHERE {TableRegistry.WhereLive}";
}
