using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Originals;
using ImageSearch.Storage.Sqlite.Items;
using ImageSearch.Storage.Sqlite.Rows;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Pictures;

/// <summary>Reads of kept pictures. Each runs in one snapshot and checks there that the table is live.</summary>
internal static class PictureReads
{
    public static Result<StoredPicture?> Find(SqliteSession db, TableGeneration table, ItemReference reference, PictureKind kind, bool withBytes)
    {
        if (Registry.LiveDimension(db, table) is null) return CatalogFailures.TableDropped(table);
        return ItemReader.Find(db, table, reference) is { } item
            ? Find(db, table, new RowVersion(item.Id, item.Version), kind, withBytes)
            : CatalogFailures.ItemNotFound(reference);
    }

    public static Result<StoredPicture?> FindOriginal(SqliteSession db, TableGeneration table, RowVersion row) =>
        Registry.LiveDimension(db, table) is null
            ? CatalogFailures.TableDropped(table)
            : Find(db, table, row, PictureKind.Original, withBytes: true);

    public static Result<IReadOnlyList<RowFiles>> List(SqliteSession db, TableGeneration table, IReadOnlyList<long> ids)
    {
        if (Registry.LiveDimension(db, table) is null) return CatalogFailures.TableDropped(table);
        using var reader = db.Query(PictureSql.List, ("$generation", table.Number), ("$ids", IdList.Json(ids)), ("$thumbnail", (int)PictureKind.Thumbnail));
        var files = new List<KeptFile>();
        while (reader.Read())
        {
            files.Add(new KeptFile(
                reader.GetInt64(0), reader.GetInt32(1), (PictureKind)reader.GetInt32(2), reader.GetString(3), reader.IsDBNull(4) ? [] : reader.GetFieldValue<byte[]>(4)));
        }

        return Result.Success(KeptFile.Group(files));
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

    private static StoredPicture? Find(SqliteSession db, TableGeneration table, RowVersion row, PictureKind kind, bool withBytes)
    {
        using var reader = db.Query(
            PictureSql.Find,
            ("$generation", table.Number), ("$id", row.Id), ("$kind", (int)kind), ("$version", row.Version), ("$bytes", withBytes));
        if (!reader.Read()) return null;
        var bytes = reader.IsDBNull(2) ? [] : reader.GetFieldValue<byte[]>(2);
        return new StoredPicture(reader.GetString(0), reader.GetString(1), bytes, reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetInt32(4));
    }
}
