using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Originals;
using ImageSearch.Storage.Sqlite.Items;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Pictures;

/// <summary>Reads of kept pictures. Each runs in one snapshot and checks there that the table is live.</summary>
internal static class PictureReads
{
    public static Result<StoredPicture?> Find(SqliteSession db, TableGeneration table, ItemReference reference, PictureKind kind, bool withBytes)
    {
        if (Registry.LiveDimension(db, table) is null) return CatalogFailures.TableDropped(table);
        if (ItemReader.Find(db, table, reference) is not { } item) return CatalogFailures.ItemNotFound(reference);
        using var reader = db.Query(
            PictureSql.Find,
            ("$generation", table.Number), ("$id", item.Id), ("$kind", (int)kind), ("$version", item.Version), ("$bytes", withBytes));
        if (!reader.Read()) return (StoredPicture?)null;
        var bytes = reader.IsDBNull(2) ? [] : reader.GetFieldValue<byte[]>(2);
        return new StoredPicture(reader.GetString(0), reader.GetString(1), bytes, reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetInt32(4));
    }

    public static IReadOnlySet<string> Tokens(SqliteSession db, IEnumerable<string> tokens)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        using var reader = db.Query(PictureSql.FindTokens, ("$tokens", "[\"" + string.Join("\",\"", tokens) + "\"]"));
        while (reader.Read()) found.Add(reader.GetString(0));
        return found;
    }

    public static Result<long> Measure(SqliteSession db, TableGeneration table) =>
        Registry.LiveDimension(db, table) is null
            ? CatalogFailures.TableDropped(table)
            : (long)db.Scalar(PictureSql.Measure, ("$generation", table.Number))!;
}
