using System.Globalization;
using System.Text;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Rows;

/// <summary>
/// Statements that replace rows by id, one for each. One INSERT … ON DUPLICATE KEY UPDATE for all would be shorter, but on a table with
/// unique keys of the shop's own it would overwrite other rows.
/// </summary>
internal static class RowReplacement
{
    /// <summary>The statements, each with a semicolon; empty if there are no rows.</summary>
    public static string Text(TableSql sql, string now, IReadOnlyList<RowToWrite> rows, StatementValues values)
    {
        if (rows.Count == 0) return "";
        var text = new StringBuilder();
        for (var number = 0; number < rows.Count; number++)
        {
            var (row, texts, vectors, _, all) = rows[number];
            var given = rows[number].Given;
            text.Append(CultureInfo.InvariantCulture, $"UPDATE {sql.Table} SET tags = @rt{number}, brief = @rb{number}, file_path = @rp{number}, ")
                .Append(CultureInfo.InvariantCulture, $"{Further("product_id", "ri", texts.ProductId)}{Further("attributes", "rj", texts.Attributes)}")
                .Append(CultureInfo.InvariantCulture, $"feature = @rf{number}, feature_object = @ro{number}, modify_date = @rm{number}, {Further("create_date", "rc", given?.Created, keeps: true)}")
                .Append(CultureInfo.InvariantCulture, $"upload_status = {(vectors.Searchable ? 1 : 0)}, version = {row.Version} WHERE id = {row.Id};\n");
            Add("rt", texts.Tags);
            Add("rb", texts.Brief);
            Add("rp", texts.FilePath);
            Add("rf", vectors.Whole);
            Add("ro", vectors.MainObject);
            Add("rm", given?.Modified ?? now);

            string Further(string column, string parameter, string? value, bool keeps = false)
            {
                if (value is null) return all && !keeps ? $"{column} = NULL, " : "";
                Add(parameter, value);
                return string.Create(CultureInfo.InvariantCulture, $"{column} = @{parameter}{number}, ");
            }

            void Add(string column, string? value) => values.Add(string.Create(CultureInfo.InvariantCulture, $"{column}{number}"), value);
        }

        return text.ToString();
    }
}
