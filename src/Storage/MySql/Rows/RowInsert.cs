using System.Globalization;
using System.Text;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Rows;

/// <summary>A row to insert.</summary>
internal readonly record struct NewRow(long Id, PictureTexts Texts, EncodedVectors Vectors);

/// <summary>
/// Gathers new rows into statements of many rows each. Prepared statements gain nothing: the driver keeps those of every table for the
/// life of the connection, and its parser passes over parameters' values.
/// </summary>
internal sealed class RowInsert
{
    // What a row takes beside its features: texts of the greatest lengths, escaped.
    private const int BytesOfTexts = 16 * 1024;

    // A larger statement gains nothing and holds memory here and at the server.
    private const long MaxBytes = 4 << 20;

    private readonly MySqlSession _db;
    private readonly TableSql _sql;
    private readonly string _now;
    private readonly List<NewRow> _rows = [];
    private long _size;

    public RowInsert(MySqlSession db, TableSql sql, string now) => (_db, _sql, _now) = (db, sql, now);

    /// <summary>Bytes of rows that one statement may have.</summary>
    public static long Room(MySqlSession db) => Math.Min(MaxBytes, db.MaxPacket * 3 / 4);

    /// <summary>Bytes that a row takes in a statement, at most.</summary>
    public static long SizeOf(EncodedVectors vectors) => vectors.Whole.Length + (vectors.MainObject?.Length ?? 0) + BytesOfTexts;

    public async Task AddAsync(long id, PictureTexts texts, EncodedVectors vectors)
    {
        var size = SizeOf(vectors);
        if (_rows.Count > 0 && _size + size > Room(_db)) await FlushAsync().ConfigureAwait(false);
        _rows.Add(new NewRow(id, texts, vectors));
        _size += size;
    }

    public async Task FlushAsync()
    {
        var values = new StatementValues();
        var text = Take(values);
        if (text.Length > 0) await _db.ExecuteAsync(text, values).ConfigureAwait(false);
    }

    /// <summary>The statement of the rows that are left, ended by a semicolon, for the caller to send; empty where there are none.</summary>
    public string Take(StatementValues values)
    {
        var text = Text(_sql, _now, _rows, values);
        _rows.Clear();
        _size = 0;
        return text;
    }

    /// <summary>The statement of some rows, ended by a semicolon; empty where there are none.</summary>
    public static string Text(TableSql sql, string now, IReadOnlyList<NewRow> rows, StatementValues values)
    {
        if (rows.Count == 0) return "";
        var text = new StringBuilder(sql.Insert);
        for (var number = 0; number < rows.Count; number++)
        {
            var (id, texts, vectors) = rows[number];
            text.Append(CultureInfo.InvariantCulture, $"{(number == 0 ? "" : ", ")}({id}, {id}, ");
            Append('t', number, texts.Tags);
            Append('b', number, texts.Brief);
            text.Append(vectors.Searchable ? "1, 1, " : "0, 1, ");
            Append('k', number, texts.Key);
            Append('p', number, texts.FilePath);
            text.Append(CultureInfo.InvariantCulture, $"'{now}', '{now}', ");
            Append('f', number, vectors.Whole);
            Append('o', number, vectors.MainObject);
            text.Length -= 2;
            text.Append(')');
        }

        return text.Append(";\n").ToString();

        void Append(char column, int number, string? value)
        {
            if (value is null)
            {
                text.Append("NULL, ");
                return;
            }

            var name = string.Create(CultureInfo.InvariantCulture, $"{column}{number}");
            text.Append('@').Append(name).Append(", ");
            values.Add(name, value);
        }
    }
}
