using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Sessions;
using Microsoft.Data.Sqlite;

namespace ImageSearch.Storage.Sqlite.Items;

/// <summary>Reads items from the columns of <see cref="ItemSql.Columns"/>.</summary>
internal static class ItemReader
{
    public static Item Read(SqliteDataReader reader) => new(
        reader.GetInt64(0),
        (int)Math.Clamp(reader.GetInt64(1), int.MinValue, int.MaxValue),
        new PictureTexts(reader.Text(2), reader.Text(3), reader.Text(4), reader.Text(5))
        {
            ProductId = reader.Text(6),
            Attributes = reader.Text(7),
        },
        reader.Text(8),
        reader.Text(9));

    public static List<Item> ReadAll(SqliteDataReader reader)
    {
        var items = new List<Item>();
        while (reader.Read()) items.Add(Read(reader));
        return items;
    }

    /// <summary>The item, or null.</summary>
    public static Item? Find(SqliteSession db, TableGeneration table, ItemReference item)
    {
        using var reader = item.Key is { } key
            ? db.Query(ItemSql.ByKey, ("$generation", table.Number), ("$key", key))
            : db.Query(ItemSql.ById, ("$generation", table.Number), ("$id", item.Id));
        return reader.Read() ? Read(reader) : null;
    }
}
