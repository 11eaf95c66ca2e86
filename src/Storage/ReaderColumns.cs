using System.Data.Common;

namespace ImageSearch.Storage;

/// <summary>Reads columns.</summary>
internal static class ReaderColumns
{
    /// <summary>A text; null for NULL.</summary>
    public static string? Text(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
