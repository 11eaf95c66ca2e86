using System.Globalization;
using System.Text;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Rows;

/// <summary>A row to insert or to replace.</summary>
/// <param name="Row">The row.</param>
/// <param name="Texts">Its texts.</param>
/// <param name="Vectors">Its vectors.</param>
/// <param name="IsNew">Whether it is inserted.</param>
/// <param name="ReplacesAllTexts">
/// False: a replaced row keeps its product id and attributes where they are null, because clients of the documented APIs can't give them.
/// </param>
internal readonly record struct RowToWrite(RowVersion Row, PictureTexts Texts, EncodedVectors Vectors, bool IsNew, bool ReplacesAllTexts = false)
{
    /// <summary>The id and the dates that are given; null for those of the service.</summary>
    public GivenRow? Given { get; init; }

    /// <summary>Whether the row's attributes are written, and its entries with them.</summary>
    public bool SetsAttributes => IsNew || ReplacesAllTexts || Texts.Attributes is not null;

    /// <summary>Whether there may be entries of the row: a process of an older version may have deleted a row with its id and left them.</summary>
    public bool MayHaveEntries => !IsNew || Given?.Id is not null;
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
            var ((id, version), texts, vectors, _, _) = rows[number];
            text.Append(CultureInfo.InvariantCulture, $"{(number == 0 ? "" : ", ")}({id}, {id}, ");
            Append('t', number, texts.Tags);
            Append('b', number, texts.Brief);
            text.Append(CultureInfo.InvariantCulture, $"{(vectors.Searchable ? 1 : 0)}, {version}, ");
            Append('k', number, texts.Key);
            Append('p', number, texts.FilePath);
            AppendDate('c', number, rows[number].Given?.Created);
            AppendDate('m', number, rows[number].Given?.Modified);
            Append('i', number, texts.ProductId);
            Append('j', number, texts.Attributes);
            Append('f', number, vectors.Whole);
            Append('o', number, vectors.MainObject);
            text.Length -= 2;
            text.Append(')');
        }

        return text.Append(";\n").ToString();

        void AppendDate(char column, int number, string? given)
        {
            if (given is null) text.Append(CultureInfo.InvariantCulture, $"'{now}', ");
            else Append(column, number, given);
        }

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
