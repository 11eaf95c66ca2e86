using System.Globalization;
using System.Text;
using Dapper;

namespace ImageSearch.Storage;

/// <summary>Gathers new rows into statements of many rows each.</summary>
internal sealed class RowInsert
{
    // What a row takes beside its features: texts of the greatest lengths, escaped.
    private const int BytesOfTexts = 16 * 1024;

    // A larger statement gains nothing and holds memory here and at the server.
    private const long MostBytes = 4 << 20;

    private readonly MySqlSession _db;
    private readonly TableSql _sql;
    private readonly string _now;
    private readonly long _room;
    private readonly StringBuilder _text = new();
    private DynamicParameters _values = new();
    private int _rows;

    public RowInsert(MySqlSession db, TableSql sql, string now)
    {
        (_db, _sql, _now) = (db, sql, now);
        _room = Math.Min(MostBytes, db.MaxPacket * 3 / 4);
    }

    public async Task AddAsync(long id, RowToAdd row, EncodedVectors vectors)
    {
        var size = vectors.Whole.Length + (vectors.MainObject?.Length ?? 0) + BytesOfTexts;
        if (_rows > 0 && _text.Length + ((_rows + 1) * BytesOfTexts) + size > _room) await FlushAsync().ConfigureAwait(false);
        _text.Append(_rows == 0 ? _sql.Insert : ", ");
        _text.Append(CultureInfo.InvariantCulture, $"({id}, {id}, ");
        Append("t", row.Texts.Tags);
        Append("b", row.Texts.Brief);
        _text.Append(row.Searchable ? "1, 1, " : "0, 1, ");
        Append("k", row.Texts.Key);
        Append("p", row.Texts.FilePath);
        // A date of ours and base64 of ours: neither holds anything to escape.
        _text.Append(CultureInfo.InvariantCulture, $"'{_now}', '{_now}', '{vectors.Whole}', ");
        _text.Append(vectors.MainObject is { } view ? $"'{view}')" : "NULL)");
        _rows++;
    }

    public async Task FlushAsync()
    {
        if (_rows == 0) return;
        var values = new DynamicParameters();
        await _db.ExecuteAsync(Take(values), values).ConfigureAwait(false);
    }

    /// <summary>The statement that is left, ended by a semicolon, for its caller to send; empty where there is none.</summary>
    public string Take(DynamicParameters values)
    {
        if (_rows == 0) return "";
        values.AddDynamicParams(_values);
        var text = _text.Append(";\n").ToString();
        _text.Clear();
        _values = new DynamicParameters();
        _rows = 0;
        return text;
    }

    private void Append(string column, string? text)
    {
        if (text is null)
        {
            _text.Append("NULL, ");
            return;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{column}{_rows}");
        _text.Append(CultureInfo.InvariantCulture, $"@{name}, ");
        _values.Add(name, text);
    }
}
