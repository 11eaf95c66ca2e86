using System.Globalization;
using System.Text;
using Dapper;

namespace ImageSearch.Storage;

/// <summary>
/// Gathers new rows into statements of many rows each. Most rows go in prepared statements, whose values the driver need not search for
/// parameters nor the server for their ends; the few that are left over go as text, in a packet that is sent anyway.
/// </summary>
internal sealed class RowInsert
{
    // What a row takes beside its features: texts of the greatest lengths, escaped.
    private const int BytesOfTexts = 16 * 1024;

    // A larger statement gains nothing and holds memory here and at the server.
    private const long MostBytes = 4 << 20;

    // Rows of the prepared statements. Few sizes, for the server keeps each one's plan as long as the connection.
    private static readonly int[] Sizes = [64, 32, 16, 8];

    private readonly MySqlSession _db;
    private readonly TableSql _sql;
    private readonly string _now;
    private readonly long _room;
    private readonly List<NewRow> _rows = [];
    private long _size;

    public RowInsert(MySqlSession db, TableSql sql, string now)
    {
        (_db, _sql, _now) = (db, sql, now);
        _room = Math.Min(MostBytes, db.MaxPacket * 3 / 4);
    }

    public async Task AddAsync(long id, RowToAdd row, EncodedVectors vectors)
    {
        var size = vectors.Whole.Length + (vectors.MainObject?.Length ?? 0) + BytesOfTexts;
        if (_rows.Count > 0 && _size + size > _room) await FlushAsync().ConfigureAwait(false);
        _rows.Add(new NewRow(id, row, vectors));
        _size += size;
    }

    public async Task FlushAsync()
    {
        var values = new DynamicParameters();
        var rest = await SendMostAsync(values).ConfigureAwait(false);
        if (rest.Length > 0) await _db.ExecuteAsync(rest, values).ConfigureAwait(false);
    }

    /// <summary>Sends most rows.</summary>
    /// <returns>The statement with the others, ended by a semicolon, for its caller to send; empty where there are none.</returns>
    public async Task<string> SendMostAsync(DynamicParameters values)
    {
        var sent = 0;
        foreach (var count in Sizes)
        {
            for (; _rows.Count - sent >= count; sent += count)
            {
                await _db.ExecutePreparedAsync(_sql.InsertMany(count), Values(_rows.GetRange(sent, count))).ConfigureAwait(false);
            }
        }

        var text = Text(_rows.Skip(sent), values);
        _rows.Clear();
        _size = 0;
        return text;
    }

    // In the order of the parameters of InsertMany.
    private object?[] Values(List<NewRow> rows)
    {
        var values = new object?[rows.Count * TableSql.ParametersARow];
        var next = 0;
        foreach (var (id, row, vectors) in rows)
        {
            values[next++] = id;
            values[next++] = row.Texts.Tags;
            values[next++] = row.Texts.Brief;
            values[next++] = row.Searchable ? 1L : 0L;
            values[next++] = row.Texts.Key;
            values[next++] = row.Texts.FilePath;
            values[next++] = _now;
            values[next++] = vectors.Whole;
            values[next++] = vectors.MainObject;
        }

        return values;
    }

    private string Text(IEnumerable<NewRow> rows, DynamicParameters values)
    {
        var text = new StringBuilder();
        var number = 0;
        foreach (var (id, row, vectors) in rows)
        {
            text.Append(number == 0 ? _sql.Insert : ", ");
            text.Append(CultureInfo.InvariantCulture, $"({id}, {id}, ");
            Append("t", row.Texts.Tags);
            Append("b", row.Texts.Brief);
            text.Append(row.Searchable ? "1, 1, " : "0, 1, ");
            Append("k", row.Texts.Key);
            Append("p", row.Texts.FilePath);
            // A date of ours and base64 of ours: neither holds anything to escape.
            text.Append(CultureInfo.InvariantCulture, $"'{_now}', '{_now}', '{vectors.Whole}', ");
            text.Append(vectors.MainObject is { } view ? $"'{view}')" : "NULL)");
            number++;
        }

        return number == 0 ? "" : text.Append(";\n").ToString();

        void Append(string column, string? value)
        {
            if (value is null)
            {
                text.Append("NULL, ");
                return;
            }

            var name = string.Create(CultureInfo.InvariantCulture, $"{column}{number}");
            text.Append(CultureInfo.InvariantCulture, $"@{name}, ");
            values.Add(name, value);
        }
    }

    private readonly record struct NewRow(long Id, RowToAdd Row, EncodedVectors Vectors);
}
