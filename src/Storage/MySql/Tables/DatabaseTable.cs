using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Tables;

/// <summary>A table of the database, created by this service or not.</summary>
internal sealed class DatabaseTable
{
    private readonly Dictionary<string, string> _columns;
    private readonly string? _engine;
    private readonly bool _isTable;

    private DatabaseTable(Found found, IEnumerable<Column> columns)
    {
        (_engine, _isTable) = (found.Engine, found.Type == "BASE TABLE");
        _columns = columns.ToDictionary(column => column.Name, column => column.Extra, StringComparer.OrdinalIgnoreCase);
    }

    public bool Has(string column) => _columns.ContainsKey(column);

    public static async Task<DatabaseTable?> FindAsync(MySqlSession db, TableName name)
    {
        if (await FindNameAsync(db, name.Value).ConfigureAwait(false) is not { } found) return null;
        var other = await db.FirstAsync<string>(
            "SELECT name FROM `imagesearch$tables` WHERE LOWER(held_name) = LOWER(@name) AND held_name <> @name", new { name = name.Value })
            .ConfigureAwait(false);
        if (found.Folding != 0 && other is not null)
            throw Refused($"the database server ignores the case of table names, and {other} exists already; choose another name than {name}");
        var columns = await db.QueryAsync<Column>(
            """
            SELECT column_name AS Name, extra AS Extra FROM information_schema.columns
            WHERE table_schema = DATABASE() AND BINARY table_name = @name
            """,
            new { name = found.Name }).ConfigureAwait(false);
        return new DatabaseTable(found, columns);
    }

    public static async Task<bool> ExistsAsync(MySqlSession db, string name) =>
        await FindNameAsync(db, name).ConfigureAwait(false) is not null;

    /// <summary>Checks that it has the documented columns and supports transactions.</summary>
    /// <exception cref="CatalogException">It does not; the message says what to do.</exception>
    public void RequireDocumented(TableName name)
    {
        var missing = TableSql.Documented.Where(column => !Has(column)).ToList();
        if (!_isTable || missing.Count > 0)
        {
            throw Refused(
                $"the database has a table or view {name} that is not a table of pictures (it lacks {string.Join(", ", missing)}); choose another name");
        }

        if (!string.Equals(_engine, "InnoDB", StringComparison.OrdinalIgnoreCase))
            throw Refused($"table {name} uses the engine {_engine}, which has no transactions; ALTER TABLE {name} ENGINE=InnoDB, then try again");
        if (!_columns["id"].Contains("auto_increment", StringComparison.OrdinalIgnoreCase))
            throw Refused($"the column id of table {name} is not AUTO_INCREMENT; change it, then try again");
    }

    // Names are compared here, not by the server, whose collation for them differs between versions.
    private static async Task<Found?> FindNameAsync(MySqlSession db, string name)
    {
        var found = await db.QueryAsync<Found>(
            """
            SELECT table_name AS Name, engine AS Engine, table_type AS Type, @@lower_case_table_names AS Folding
            FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = @name
            """,
            new { name }).ConfigureAwait(false);
        return found.FirstOrDefault(
            table => string.Equals(table.Name, name, table.Folding == 0 ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase));
    }

    private static CatalogException Refused(string message) => new(FailureCode.TableNameInvalid, message);

    private sealed class Found
    {
        public string Name { get; init; } = "";

        public string? Engine { get; init; }

        public string Type { get; init; } = "";

        public long Folding { get; init; }
    }

    private sealed class Column
    {
        public string Name { get; init; } = "";

        public string Extra { get; init; } = "";
    }
}
