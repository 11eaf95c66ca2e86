using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog.Attributes;

namespace ImageSearch.Storage.Sqlite.Items;

/// <summary>The SQL on items. Every statement takes the parameter <c>$generation</c>.</summary>
internal static class ItemSql
{
    /// <summary>The columns that <see cref="ItemReader"/> reads.</summary>
    public const string Columns = """
        item.id, item.version, item.tags, item.brief, item.item_key, item.file_path, item.product_id, item.attributes, item.create_date,
        item.modify_date
        """;

    public const string ById = $"SELECT {Columns} FROM {Rows} WHERE item.generation = $generation AND item.id = $id";

    public const string ByKey = $"""
        SELECT {Columns} FROM imagesearch_rows AS item INDEXED BY imagesearch_rows_item_key
        WHERE item.generation = $generation AND item.item_key = $key ORDER BY item.id LIMIT 1
        """;

    public const string ByIds = $"SELECT {Columns} FROM {Rows} WHERE item.generation = $generation AND item.id IN (SELECT value FROM json_each($ids))";

    public const string Ascending = $"SELECT {Columns} FROM {Rows} WHERE item.generation = $generation AND item.id > $after ORDER BY item.id LIMIT $count";

    public const string Descending = $"SELECT {Columns} FROM {Rows} WHERE item.generation = $generation AND item.id < $after ORDER BY item.id DESC LIMIT $count";

    public const string Replace = """
        UPDATE imagesearch_rows
        SET tags = $tags, brief = $brief, item_key = $key, file_path = $path, product_id = $product, attributes = $attributes,
            create_date = $created, modify_date = $now, upload_status = $status, version = version + 1, feature = $feature, feature_object = $object
        WHERE generation = $generation AND id = $id
        """;

    public const string ReplaceTexts = """
        UPDATE imagesearch_rows
        SET tags = $tags, brief = $brief, item_key = $key, file_path = $path, product_id = $product, attributes = $attributes,
            create_date = $created, modify_date = $now
        WHERE generation = $generation AND id = $id
        """;

    public const string CountKeys =
        "SELECT count(*) FROM imagesearch_rows INDEXED BY imagesearch_rows_item_key WHERE generation = $generation AND item_key IS NOT NULL";

    public const string CountValues = "SELECT count(*) FROM imagesearch_attributes WHERE generation = $generation AND attribute = $attribute";

    private const string Rows = "imagesearch_rows AS item INDEXED BY imagesearch_rows_id";

    /// <summary>Items that have a value, by the value and the id.</summary>
    public static string ByValue(FieldKind order, bool descending, bool isFirst)
    {
        // Dates have no index: adds would pay for it, and such a list reads all rows once a page.
        var (source, value) = order switch
        {
            FieldKind.Key => ("imagesearch_rows AS item INDEXED BY imagesearch_rows_item_key WHERE item.item_key IS NOT NULL AND", "item.item_key"),
            FieldKind.Created => (Rows + " WHERE", "item.create_date"),
            FieldKind.Modified => (Rows + " WHERE", "item.modify_date"),
            _ => ($"""
                imagesearch_attributes AS entries CROSS JOIN {Rows} ON item.generation = entries.generation AND item.id = entries.id
                WHERE entries.generation = $generation AND entries.attribute = $attribute AND
                """, "entries.value"),
        };
        var id = value == "entries.value" ? "entries.id" : "item.id";
        var (beyond, direction) = descending ? ("<", " DESC") : (">", "");
        var after = isFirst ? "" : $" AND ({value}, {id}) {beyond} ($value, $after)";
        return $"SELECT {Columns} FROM {source} item.generation = $generation{after} ORDER BY {value}{direction}, {id}{direction} LIMIT $count";
    }

    /// <summary>The name of an order's index of attributes.</summary>
    public static string? AttributeOf(FilterField order) => order.Kind switch
    {
        FieldKind.ProductId => AttributeEntry.ProductId,
        FieldKind.Attribute => order.Attribute!.Name,
        _ => null,
    };
}
