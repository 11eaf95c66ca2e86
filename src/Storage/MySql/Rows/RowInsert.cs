using System.Globalization;
using System.Text;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Rows;

/// <summary>A row to insert.</summary>
internal readonly record struct NewRow(long Id, PictureTexts Texts, EncodedVectors Vectors);

/// <summary>
/// Collects new rows into multi-row statements. Preparing them gains nothing: the driver would keep the statements of every table for the
/// life of the connection, and its parser skips parameter values.
/// </summary>
internal sealed class RowInsert
{
    // A row's size without its features: texts of the maximum lengths, escaped.
    private const int BytesOfTexts = 16 * 1024;

    // A larger statement is no faster and takes memory here and at the server.
    private const long MaxBytes = 4 << 20;

    private readonly MySqlSession _db;
    private readonly TableSql _sql;
    private readonly string _now;
    private readonly List<NewRow> _rows = [];
    private long _size;

    public RowInsert(MySqlSession db, TableSql sql, string now) => (_db, _sql, _now) = (db, sql, now);

    /// <summary>Maximum bytes of rows in one statement.</summary>
    public static long MaxStatementBytes(MySqlSession db) => Math.Min(MaxBytes, db.MaxPacket * 3 / 4);

    /// <summary>Maximum bytes of a row in a statement.</summary>
    public static long SizeOf(EncodedVectors vectors) => vectors.Whole.Length + (vectors.MainObject?.Length ?? 0) + BytesOfTexts;

    public async Task AddAsync(long id, PictureTexts texts, EncodedVectors vectors)
    {
        var size = SizeOf(vectors);
        if (_rows.Count > 0 && _size + size > MaxStatementBytes(_db)) await FlushAsync().ConfigureAwait(false);
        _rows.Add(new NewRow(id, texts, vectors));
        _size += size;
    }

    public async Task FlushAsync()
    {
        var values = new StatementValues();
        var text = Take(values);
        if (text.Length > 0) await _db.ExecuteAsync(text, values).ConfigureAwait(false);
    }

    /// <summary>The statement for the remaining rows, with a semicolon, for the caller to send; empty if there are none.</summary>
    public string Take(StatementValues values)
    {
        var text = Text(_sql, _now, _rows, values);
        _rows.Clear();
        _size = 0;
        return text;
    }

    /// <summary>The statement for some rows, with a semicolon; empty if there are none.</summary>
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
