using System.Data.Common;
using System.Text;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;
using ImageSearch.Storage.Originals;

namespace ImageSearch.Storage.MySql.Pictures;

/// <summary>Reads of kept pictures. Each is one packet that also tells whether the generation is live.</summary>
internal static class PictureReads
{
    public static async Task<Result<StoredPicture?>> FindAsync(
        MySqlSession db, TableGeneration table, ItemReference item, PictureKind kind, bool withBytes, CancellationToken cancellationToken)
    {
        var isFound = false;
        StoredPicture? picture = null;
        var values = new StatementValues();
        TableRegistry.AddKey(values, table);
        values.Add("id", item.Id);
        values.Add("key", item.Key);
        values.Add("bytes", item.Key is null ? 0 : Encoding.UTF8.GetByteCount(item.Key));
        values.Add("kind", (int)kind);
        var revision = await db.ReadAsync<long?>(
            PictureSql.Find(table, item.Key is not null, withBytes),
            values,
            row =>
            {
                isFound = true;
                if (row.IsDBNull(0)) return;
                picture = Read(row);
            },
            last => last.GetInt64(0),
            cancellationToken).ConfigureAwait(false);
        if (revision is null) return CatalogFailures.TableDropped(table);
        return isFound ? picture : CatalogFailures.ItemNotFound(item);
    }

    public static async Task<Result<IReadOnlyList<RowFiles>>> ListAsync(
        MySqlSession db, TableGeneration table, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return Array.Empty<RowFiles>();
        var files = new List<KeptFile>();
        var values = new StatementValues();
        TableRegistry.AddKey(values, table);
        var revision = await db.ReadAsync<long?>(
            PictureSql.List(ids),
            values,
            row => files.Add(new KeptFile(
                row.GetInt64(0), row.GetInt32(1), (PictureKind)row.GetInt32(2), row.GetString(3), row.IsDBNull(4) ? [] : row.GetFieldValue<byte[]>(4))),
            last => last.GetInt64(0),
            cancellationToken).ConfigureAwait(false);
        return revision is null ? CatalogFailures.TableDropped(table) : Result.Success(KeptFile.Group(files));
    }

    public static async Task<Result<StoredPicture?>> FindOriginalAsync(
        MySqlSession db, TableGeneration table, RowVersion row, CancellationToken cancellationToken)
    {
        StoredPicture? picture = null;
        var values = new StatementValues();
        TableRegistry.AddKey(values, table);
        values.Add("id", row.Id);
        values.Add("version", row.Version);
        var revision = await db.ReadAsync<long?>(
            PictureSql.FindOriginal,
            values,
            found => picture = Read(found),
            last => last.GetInt64(0),
            cancellationToken).ConfigureAwait(false);
        return revision is null ? CatalogFailures.TableDropped(table) : picture;
    }

    public static async Task<IReadOnlySet<string>> TokensAsync(MySqlSession db, IReadOnlyCollection<string> tokens, CancellationToken cancellationToken)
    {
        if (tokens.Count == 0) return new HashSet<string>();
        var values = new StatementValues();
        var found = await db.QueryAsync<string>(PictureSql.FindTokens(values.AddList(tokens)), values, cancellationToken).ConfigureAwait(false);
        return found.ToHashSet(StringComparer.Ordinal);
    }

    public static async Task<Result<long>> MeasureAsync(MySqlSession db, TableGeneration table, CancellationToken cancellationToken)
    {
        if (!await TableRegistry.IsLiveAsync(db, table, cancellationToken).ConfigureAwait(false)) return CatalogFailures.TableDropped(table);
        return await db.FirstAsync<long>(PictureSql.Measure, TableRegistry.Key(table), cancellationToken).ConfigureAwait(false);
    }

    private static StoredPicture Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.IsDBNull(2) ? [] : row.GetFieldValue<byte[]>(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt32(4));
}
