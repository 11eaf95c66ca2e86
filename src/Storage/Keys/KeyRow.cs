using System.Data.Common;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Keys;

/// <summary>A key and an entry of the audit as rows. Scopes and patterns of tables are lists separated by commas.</summary>
internal static class KeyRow
{
    private const char Separator = ',';

    /// <summary>Reads a row of the columns of <see cref="KeySql.Find"/>.</summary>
    /// <exception cref="CatalogException">The row is damaged or of a newer version: a key must not get another meaning.</exception>
    public static ApiKey Read(DbDataReader row)
    {
        var id = row.GetString(0);
        return new ApiKey(id, row.GetString(1), Scopes(id, row.GetString(2)), row.GetString(3).Split(Separator, StringSplitOptions.RemoveEmptyEntries))
        {
            CallsPerSecond = row.IsDBNull(4) ? null : row.GetDouble(4),
            Burst = row.IsDBNull(5) ? null : row.GetInt32(5),
            MaxRows = row.IsDBNull(6) ? null : row.GetInt64(6),
            MaxTables = row.IsDBNull(7) ? null : row.GetInt32(7),
            Expires = row.Text(8),
            Created = row.GetString(9),
            Rotated = row.Text(10),
            LastUsed = row.Text(11),
            IsDisabled = row.GetInt32(12) != 0,
            Revision = row.GetInt64(13),
        };
    }

    /// <summary>Reads an entry of the audit.</summary>
    public static AuditEntry ReadEntry(DbDataReader row) =>
        new(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.Text(5), row.GetString(6), row.Text(7))
        {
            Number = row.GetInt64(0),
        };

    public static string Scopes(ApiKey key) => string.Join(Separator, key.Scopes);

    public static string Tables(ApiKey key) => string.Join(Separator, key.Tables);

    private static KeyScope[] Scopes(string id, string text) =>
    [
        .. text.Split(Separator, StringSplitOptions.RemoveEmptyEntries).Select(
            word => Enum.TryParse<KeyScope>(word, out var scope) && Enum.IsDefined(scope)
                ? scope
                : throw new CatalogException(
                    FailureCode.CatalogUnavailable,
                    $"the row of key {id} in the catalog is damaged or was written by a newer version; delete it, or run that version")),
    ];
}
