using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Attributes;
using ImageSearch.Storage.MySql.Pictures;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.MySql.Writing;

/// <summary>
/// A transaction that adds rows to one table, sent in one packet including COMMIT. It relies on the writer's memory of the table: if the
/// registry row differs, or a row would be replaced, the change is inserted with a NULL number, which the server rejects, and nothing
/// after it runs.
/// </summary>
internal sealed class AddCommit
{
    private readonly KnownTable _known;
    private readonly long _lastId;
    private readonly bool _hasKeys;

    private AddCommit(TableGeneration table, KnownTable known, long lastId, bool hasKeys, string text, StatementValues values)
    {
        (Table, _known, _lastId, _hasKeys, Text, Values) = (table, known, lastId, hasKeys, text, values);
    }

    public TableGeneration Table { get; }

    /// <summary>The number of the change, which identifies the commit.</summary>
    public long Change => _known.LastChange + 1;

    public string Text { get; }

    public StatementValues Values { get; }

    /// <summary>
    /// Builds the packet and sets the rows' outcomes; null if the group has other writes, is too large or probably replaces rows.
    /// </summary>
    public static AddCommit? TryMake(IReadOnlyList<IMySqlWrite> group, KnownTables tables, string writer, string now, long maxBytes)
    {
        var table = group[0].Table;
        if (tables.Find(table) is not { } known) return null;
        if (!group.All(write => write is AddWrite && write.Table == table)) return null;
        var pictures = group.Cast<AddWrite>().SelectMany(add => add.Pictures).ToList();
        if (pictures.Exists(picture => picture.Vectors.Dimension != known.Dimension)) return null;
        if (pictures.Sum(picture => PendingRows.SizeOf(picture.Texts, picture.Vectors)) > maxBytes) return null;
        if (!TryFindKeys(pictures, out var keys) || (keys.Count > 0 && known.Replaces)) return null;
        var sql = new TableSql(table);
        var id = known.LastId;
        foreach (var add in group.Cast<AddWrite>())
            add.Succeed(add.Pictures.Select(_ => (Result<RowVersion>)new RowVersion(++id, 1)).ToArray());
        var rows = pictures.Select((picture, i) => new RowToWrite(new RowVersion(known.LastId + 1 + i, 1), picture.Texts, picture.Vectors, IsNew: true)).ToList();
        var values = new StatementValues();
        TableRegistry.AddKey(values, table);
        values.Add("known", known.LastId);
        values.Add("lastId", id);
        values.Add("change", known.LastChange + 1);
        values.Add("writer", writer);
        values.Add("changed", RowChange.Write(rows.Select(row => new RowChange(row.Row, Removed: false))));
        var text = $"""
            {sql.Advance}{(keys.Count > 0 ? sql.AndNoneWith(values.AddList(keys)) : "")};
            INSERT INTO `imagesearch$changes` (generation, number, writer, changed)
            VALUES (@G, IF(ROW_COUNT() = 1, @change, NULL), @writer, @changed);
            {RowInsert.Text(sql, now, rows, values)}{EntrySql.Insert(known.Schema, rows.Select(row => (row.Row.Id, row.Texts.Attributes)), values)}{PictureSql.Write(table, rows, values)}COMMIT
            """;
        return new AddCommit(table, known, id, keys.Count > 0, text, values);
    }

    public void Remember(KnownTables tables) =>
        tables.Committed(Table, _known.Dimension, _lastId, _known.LastChange, _known.Schema, _hasKeys ? false : null);

    // False if a picture replaces another one of the group.
    private static bool TryFindKeys(List<EncodedPicture> pictures, out HashSet<string> replaced)
    {
        replaced = new HashSet<string>(StringComparer.Ordinal);
        foreach (var picture in pictures)
        {
            if (picture.ReplacedKey is { } key && !replaced.Add(key)) return false;
        }

        var keys = replaced;
        return keys.Count == 0 || !pictures.Exists(picture => picture is { ReplacedKey: null, Texts.Key: { } key } && keys.Contains(key));
    }

    /// <summary>Whether the server's error means that the remembered state of the table is outdated.</summary>
    public static bool IsOutdated(Exception exception) => MySqlErrors.IsRefusal(exception)
        && MySqlDriver.ErrorNumber(exception) is MySqlErrors.NullRefused or MySqlErrors.DuplicateKey or MySqlErrors.NoSuchTable;
}
