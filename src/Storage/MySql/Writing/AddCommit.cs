using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Writing;

/// <summary>
/// A transaction that adds rows to one table, sent in one packet including COMMIT. It relies on the writer's memory of the table: if the
/// registry row differs, the change is inserted with a NULL number, which the server rejects, and nothing after it runs.
/// </summary>
internal sealed class AddCommit
{
    private readonly KnownTable _known;
    private readonly long _lastId;

    private AddCommit(TableGeneration table, KnownTable known, long lastId, string text, StatementValues values)
    {
        (Table, _known, _lastId, Text, Values) = (table, known, lastId, text, values);
    }

    public TableGeneration Table { get; }

    /// <summary>The number of the change, which identifies the commit.</summary>
    public long Change => _known.LastChange + 1;

    public string Text { get; }

    public StatementValues Values { get; }

    /// <summary>Builds the packet and sets the rows' outcomes; null if the group has other writes or is too large.</summary>
    public static AddCommit? TryMake(IReadOnlyList<IMySqlWrite> group, KnownTables tables, string writer, string now, long maxBytes)
    {
        var table = group[0].Table;
        if (tables.Find(table) is not { } known) return null;
        var size = 0L;
        foreach (var write in group)
        {
            if (write.Table != table || write is not AddWrite { MayReplace: false } add || add.Vectors.Dimension != known.Dimension) return null;
            size += RowInsert.SizeOf(add.Vectors);
        }

        if (size > maxBytes) return null;
        var sql = new TableSql(table);
        var rows = new List<NewRow>(group.Count);
        var id = known.LastId;
        foreach (var add in group.Cast<AddWrite>())
        {
            rows.Add(new NewRow(++id, add.Texts, add.Vectors));
            add.Succeed(new RowVersion(id, 1));
        }

        var values = new StatementValues();
        values.Add("G", table.Number);
        values.Add("N", table.Name.Value);
        values.Add("known", known.LastId);
        values.Add("lastId", id);
        values.Add("change", known.LastChange + 1);
        values.Add("writer", writer);
        values.Add("changed", RowChange.Write(rows.Select(row => new RowChange(new RowVersion(row.Id, 1), Removed: false))));
        var text = $"""
            {sql.Advance};
            INSERT INTO `imagesearch$changes` (generation, number, writer, changed)
            VALUES (@G, IF(ROW_COUNT() = 1, @change, NULL), @writer, @changed);
            {RowInsert.Text(sql, now, rows, values)}COMMIT
            """;
        return new AddCommit(table, known, id, text, values);
    }

    public void Remember(KnownTables tables) => tables.Committed(Table, _known.Dimension, _lastId, _known.LastChange);

    /// <summary>Whether the server's error means that the remembered state of the table is outdated.</summary>
    public static bool IsOutdated(Exception exception) => MySqlErrors.IsRefusal(exception)
        && MySqlDriver.ErrorNumber(exception) is MySqlErrors.NullRefused or MySqlErrors.DuplicateKey or MySqlErrors.NoSuchTable;
}
