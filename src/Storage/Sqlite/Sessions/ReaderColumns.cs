using Microsoft.Data.Sqlite;

namespace ImageSearch.Storage.Sqlite.Sessions;

/// <summary>Reads columns.</summary>
internal static class ReaderColumns
{
    /// <summary>A text; null for NULL.</summary>
    public static string? Text(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
