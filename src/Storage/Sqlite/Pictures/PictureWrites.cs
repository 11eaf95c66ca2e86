using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Rows;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Pictures;

/// <summary>Writes of kept pictures. Each runs in the transaction that writes or deletes the row.</summary>
internal static class PictureWrites
{
    // A few milliseconds per batch: thumbnails of about 4 KB, and originals, whose chains of pages are read to be freed.
    private const int ThumbnailsPerBatch = 128;
    private const int OriginalsPerBatch = 8;

    /// <summary>Adds the pictures of a new row.</summary>
    public static void Add(SqliteSession db, TableGeneration table, RowVersion row, IReadOnlyList<EncodedKept> kept)
    {
        foreach (var picture in kept)
        {
            db.Execute(
                PictureSql.Insert,
                ("$generation", table.Number), ("$id", row.Id), ("$kind", (int)picture.Kind), ("$version", row.Version), ("$length", picture.Length),
                ("$type", picture.MediaType), ("$tag", picture.Tag), ("$bytes", picture.Bytes), ("$object", picture.Token));
        }
    }

    /// <summary>Replaces the pictures of a row whose picture was changed.</summary>
    public static void Replace(SqliteSession db, TableGeneration table, RowVersion row, IReadOnlyList<EncodedKept> kept)
    {
        Remove(db, table, [row.Id]);
        Add(db, table, row, kept);
    }

    /// <summary>Deletes the pictures of rows.</summary>
    public static void Remove(SqliteSession db, TableGeneration table, IEnumerable<long> ids) =>
        db.Execute(PictureSql.DeleteOf, ("$generation", table.Number), ("$ids", IdList.Json(ids)));

    /// <summary>Deletes some pictures of a dropped table.</summary>
    /// <returns>Whether there may be more.</returns>
    public static bool Clear(SqliteSession db, TableGeneration table) =>
        Clear(db, table, PictureKind.Thumbnail, ThumbnailsPerBatch) || Clear(db, table, PictureKind.Original, OriginalsPerBatch);

    private static bool Clear(SqliteSession db, TableGeneration table, PictureKind kind, int count) =>
        db.Execute(PictureSql.DeleteSome, ("$generation", table.Number), ("$kind", (int)kind), ("$count", count)) == count;
}
