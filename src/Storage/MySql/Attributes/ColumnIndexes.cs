using System.Collections.Concurrent;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.MySql.Attributes;

/// <summary>
/// The keys on a column of tables. Tables of older versions, and of the documented APIs, have none; the first filter or order by the column
/// asks for one, because adding it reads the whole table.
/// </summary>
/// <param name="column">The column.</param>
internal sealed class ColumnIndexes(string column)
{
    private const int MaxTables = 65_536;

    private readonly ConcurrentDictionary<long, bool> _known = new();
    private readonly ConcurrentDictionary<TableGeneration, bool> _wanted = new();

    /// <summary>The column.</summary>
    public string Column { get; } = column;

    /// <summary>Called when the first use of a table's key asks for it.</summary>
    public Action? IsWanted { get; set; }

    /// <summary>Tables whose keys are asked for.</summary>
    public IReadOnlyCollection<TableGeneration> Wanted => [.. _wanted.Keys];

    /// <summary>Whether the table has the key; asks for it if not.</summary>
    public async Task<bool> ExistsAsync(MySqlSession db, TableGeneration table)
    {
        if (_known.ContainsKey(table.Number)) return true;
        if (await IsThereAsync(db, table).ConfigureAwait(false)) return true;
        if (_wanted.TryAdd(table, true)) IsWanted?.Invoke();
        return false;
    }

    /// <summary>Adds the key.</summary>
    public async Task AddAsync(MySqlSession db, TableGeneration table)
    {
        if (await TableRegistry.IsLiveAsync(db, table).ConfigureAwait(false) && !await IsThereAsync(db, table).ConfigureAwait(false))
            await db.ExecuteLongAsync(new TableSql(table).AddKey(Column)).ConfigureAwait(false);
        _wanted.TryRemove(table, out _);
    }

    private async Task<bool> IsThereAsync(MySqlSession db, TableGeneration table)
    {
        var found = await db.FirstAsync<int?>(
            """
            SELECT 1 FROM information_schema.statistics
            WHERE table_schema = DATABASE() AND table_name = @name AND column_name = @column AND seq_in_index = 1 LIMIT 1
            """,
            new { name = table.Name.Value, column = Column }).ConfigureAwait(false);
        if (found is null) return false;
        if (_known.Count >= MaxTables) _known.Clear();
        return _known[table.Number] = true;
    }
}
