using System.Globalization;
using System.Text;
using ImageSearch.Storage.Catalog.Attributes;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Attributes;

/// <summary>Statements that keep the entries of rows, each with a semicolon; empty where there is nothing to do.</summary>
internal static class EntrySql
{
    /// <summary>Removes the entries of rows.</summary>
    public static string Delete(TableSchema schema, IEnumerable<long> ids) => schema.Indexes.Count == 0
        ? ""
        : $"DELETE FROM {IndexTables.Entries} WHERE index_number IN ({Numbers(schema.Indexes)}) AND id IN ({SqlList.Of(ids)});\n";

    /// <summary>Inserts the entries of rows that have none.</summary>
    public static string Insert(TableSchema schema, IEnumerable<(long Id, string? Attributes)> rows, StatementValues values)
    {
        if (schema.Indexes.Count == 0) return "";
        var text = new StringBuilder();
        var numbers = schema.Indexes.ToDictionary(index => index.Attribute, index => index.Number, StringComparer.Ordinal);
        foreach (var (id, attributes) in rows)
        {
            if (attributes is null) continue;
            var position = 0;
            foreach (var entry in AttributeEntries.Of(null, attributes, schema.Settings))
            {
                if (!numbers.TryGetValue(entry.Attribute, out var number)) continue;
                text.Append(text.Length == 0 ? $"INSERT INTO {IndexTables.Entries} (index_number, id, position, text, number) VALUES " : ", ")
                    .Append(CultureInfo.InvariantCulture, $"({number}, {id}, {position++}, {TextOf(entry.Value, values)}, {NumberOf(entry.Value)})");
            }
        }

        return text.Length == 0 ? "" : text.Append(";\n").ToString();
    }

    /// <summary>The numbers of indexes as a list.</summary>
    public static string Numbers(IEnumerable<AttributeIndex> indexes) => SqlList.Of(indexes.Select(index => index.Number));

    /// <summary>A number that the server reads back as the same double.</summary>
    public static string Literal(double number) => number.ToString("E16", CultureInfo.InvariantCulture);

    private static string TextOf(IndexedValue value, StatementValues values) => value.Text is { } text ? values.AddOne(EntryText.Cut(text)) : "NULL";

    private static string NumberOf(IndexedValue value) => value.Text is null ? Literal(value.Number) : "NULL";
}
