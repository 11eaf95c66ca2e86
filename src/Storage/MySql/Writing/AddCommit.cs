using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Writing;

/// <summary>
/// A transaction of one table's new rows in one packet, up to its COMMIT. It relies on what the writer remembers of the table: where
/// the registry row is not so any more, the note of the change gets no number, which the server refuses, and nothing after it runs.
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

    /// <summary>The number of the change, by which the commit can be looked up.</summary>
    public long Change => _known.LastChange + 1;

    public string Text { get; }

    public StatementValues Values { get; }

    /// <summary>Makes the packet, and the rows' outcomes with it; null where the group is not of such adds, or too large.</summary>
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

    public void Note(KnownTables tables) => tables.Committed(Table, _known.Dimension, _lastId, _known.LastChange);

    /// <summary>The server's refusal says that the table is not as remembered: it must be asked for.</summary>
    public static bool IsOutdated(Exception exception) => MySqlErrors.IsRefusal(exception)
        && MySqlDriver.ErrorNumber(exception) is MySqlErrors.NullRefused or MySqlErrors.DuplicateKey or MySqlErrors.NoSuchTable;
}
