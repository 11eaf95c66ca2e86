using System.Globalization;

namespace ImageSearch.Storage.MySql.Rows;

/// <summary>Formats numbers as a list in SQL text.</summary>
internal static class SqlList
{
    /// <summary>The numbers, or NULL, which matches nothing, if there are none.</summary>
    public static string Of(IEnumerable<long> numbers)
    {
        var text = string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        return text.Length == 0 ? "NULL" : text;
    }
}
