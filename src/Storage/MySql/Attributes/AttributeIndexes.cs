using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Attributes;

/// <summary>Starts and drops indexes as a table's settings require. Indexes of unchanged attributes are kept.</summary>
internal static class AttributeIndexes
{
    /// <summary>Starts the indexes of a new table.</summary>
    /// <param name="db">A connection.</param>
    /// <param name="table">The table.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="isEmpty">The table has no rows, so its indexes are complete.</param>
    public static Task StartAsync(MySqlSession db, TableGeneration table, TableSettings settings, bool isEmpty) =>
        InsertAsync(db, table, settings.Attributes.Where(attribute => attribute.Indexed), isEmpty ? IndexTables.Ready : IndexTables.Building);

    /// <summary>Starts and drops indexes. The caller's transaction holds the registry row's lock.</summary>
    public static async Task ReplaceAsync(MySqlSession db, TableGeneration table, IReadOnlyList<AttributeIndex> present, TableSettings settings)
    {
        var wanted = settings.Attributes.Where(attribute => attribute.Indexed).ToList();
        var unwanted = present.Where(index => !wanted.Exists(attribute => IsFor(index, attribute))).ToList();
        if (unwanted.Count > 0)
        {
            await db.ExecuteAsync(
                $"UPDATE {IndexTables.Indexes} SET state = '{IndexTables.Dropped}' WHERE number IN ({EntrySql.Numbers(unwanted)})")
                .ConfigureAwait(false);
        }

        await InsertAsync(db, table, wanted.Where(attribute => !present.Any(index => IsFor(index, attribute))), IndexTables.Building)
            .ConfigureAwait(false);
    }

    private static bool IsFor(AttributeIndex index, AttributeDefinition attribute) =>
        index.Attribute == attribute.Name && index.Type == attribute.Type;

    private static async Task InsertAsync(MySqlSession db, TableGeneration table, IEnumerable<AttributeDefinition> attributes, string state)
    {
        // Names are letters, digits and underscores.
        var rows = attributes.Select(attribute => $"(@generation, '{attribute.Name}', '{attribute.Type}', '{state}')").ToList();
        if (rows.Count == 0) return;
        await db.ExecuteAsync(
            $"INSERT INTO {IndexTables.Indexes} (generation, attribute, type, state) VALUES {string.Join(", ", rows)}",
            new { generation = table.Number }).ConfigureAwait(false);
    }
}
