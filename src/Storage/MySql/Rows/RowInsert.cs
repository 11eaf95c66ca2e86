using System.Globalization;
using System.Text;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Rows;

/// <summary>A row to insert, or to replace if its version is greater than 1.</summary>
/// <param name="Row">The row.</param>
/// <param name="Texts">Its texts.</param>
/// <param name="Vectors">Its vectors.</param>
/// <param name="ReplacesAllTexts">
/// False: a replaced row keeps its product id and attributes where they are null, because clients of the documented APIs can't give them.
/// </param>
internal readonly record struct RowToWrite(RowVersion Row, PictureTexts Texts, EncodedVectors Vectors, bool ReplacesAllTexts = false)
{
    /// <summary>Whether the row's attributes are written, and its entries with them.</summary>
    public bool SetsAttributes => Row.Version == 1 || ReplacesAllTexts || Texts.Attributes is not null;
}

/// <summary>
/// Multi-row statements for new rows. Preparing them gains nothing: the driver would keep the statements of every table for the life of the
/// connection, and its parser skips parameter values.
/// </summary>
internal static class RowInsert
{
    /// <summary>The statement for some rows, with a semicolon; empty if there are none.</summary>
    public static string Text(TableSql sql, string now, IReadOnlyList<RowToWrite> rows, StatementValues values)
    {
        if (rows.Count == 0) return "";
        var text = new StringBuilder(sql.Insert);
        for (var number = 0; number < rows.Count; number++)
        {
            var ((id, _), texts, vectors, _) = rows[number];
            text.Append(CultureInfo.InvariantCulture, $"{(number == 0 ? "" : ", ")}({id}, {id}, ");
            Append('t', number, texts.Tags);
            Append('b', number, texts.Brief);
            text.Append(vectors.Searchable ? "1, 1, " : "0, 1, ");
            Append('k', number, texts.Key);
            Append('p', number, texts.FilePath);
            text.Append(CultureInfo.InvariantCulture, $"'{now}', '{now}', ");
            Append('i', number, texts.ProductId);
            Append('j', number, texts.Attributes);
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
