using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Attributes;
using ImageSearch.Storage.Sqlite.Pictures;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Rows;

/// <summary>Writes of rows. Each runs in the writer's transaction and checks there that the table is live.</summary>
internal static class RowWrites
{
    public static Result<RowVersion> Add(SqliteSession db, TableGeneration table, EncodedPicture picture, string now) =>
        Registry.Live(db, table) is { } live ? Add(db, live, picture, now) : CatalogFailures.TableDropped(table);

    public static Result<Result<RowVersion>[]> AddMany(SqliteSession db, TableGeneration table, IReadOnlyList<EncodedPicture> pictures, string now)
    {
        if (Registry.Live(db, table) is not { } live)
        {
            return CatalogFailures.TableDropped(table);
        }

        var results = new Result<RowVersion>[pictures.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Add(db, live, pictures[i], now);
        }

        return results;
    }

    public static Result<RowVersion> Change(SqliteSession db, TableGeneration table, PictureChange change, EncodedVectors? vectors, string now)
    {
        if (Registry.Live(db, table) is not { } live)
        {
            return CatalogFailures.TableDropped(table);
        }

        if (vectors is not null && vectors.Dimension != live.Dimension)
        {
            return CatalogFailures.ModelMismatch(table, live.Dimension, vectors.Dimension);
        }

        var texts = change.Texts;
        if (texts.ProductId is not null || texts.Attributes is not null) ChangeEntries(db, live, change);
        var version = vectors is null
            ? db.Scalar(
                RowSql.ChangeTexts,
                ("$generation", table.Number), ("$id", change.Id), ("$tags", texts.Tags), ("$brief", texts.Brief), ("$key", texts.Key), ("$path", texts.FilePath),
                ("$product", texts.ProductId), ("$attributes", texts.Attributes), ("$now", now))
            : db.Scalar(
                RowSql.ChangePicture,
                ("$generation", table.Number), ("$id", change.Id), ("$tags", texts.Tags), ("$brief", texts.Brief), ("$key", texts.Key), ("$path", texts.FilePath),
                ("$product", texts.ProductId), ("$attributes", texts.Attributes), ("$now", now), ("$status", vectors.Searchable), ("$feature", vectors.Whole), ("$object", vectors.MainObject));
        if (version is not long number) return CatalogFailures.IdNotFound(change.Id);
        var row = new RowVersion(change.Id, (int)number);
        if (vectors is not null) PictureWrites.Replace(db, table, row, vectors.Kept);
        return row;
    }

    public static Result<IReadOnlyList<RowVersion>> DeleteByIds(SqliteSession db, TableGeneration table, IReadOnlyCollection<long> ids)
    {
        if (Registry.Live(db, table) is not { } live)
        {
            return CatalogFailures.TableDropped(table);
        }

        var deleted = new List<RowVersion>();
        Delete(db, live, deleted, RowSql.DeleteByIds, ("$ids", IdList.Json(ids)));
        return ById(deleted);
    }

    public static Result<IReadOnlyList<RowVersion>> DeleteByKeys(SqliteSession db, TableGeneration table, IReadOnlyCollection<string> keys)
    {
        if (Registry.Live(db, table) is not { } live)
        {
            return CatalogFailures.TableDropped(table);
        }

        // One by one, because JSON could change a key's unpaired surrogates.
        var deleted = new List<RowVersion>();
        foreach (var key in keys)
        {
            Delete(db, live, deleted, RowSql.DeleteByKey, ("$key", key));
        }

        return ById(deleted);
    }

    public static Result<int> MarkSearchable(SqliteSession db, TableGeneration table, IReadOnlyCollection<RowVersion> rows)
    {
        if (Registry.LiveDimension(db, table) is null)
        {
            return CatalogFailures.TableDropped(table);
        }

        return rows.Distinct().Sum(row => db.Execute(
            RowSql.MarkSearchable, ("$generation", table.Number), ("$id", row.Id), ("$version", row.Version)));
    }

    /// <summary>Deletes rows by one of the statements of <see cref="RowSql"/>.</summary>
    public static void Delete(
        SqliteSession db, LiveTable table, List<RowVersion> deleted, string sql, (string Name, object? Value) which)
    {
        var indexed = new List<(long Id, string? ProductId, string? Attributes)>();
        using (var reader = db.Query(sql, ("$generation", table.Generation.Number), which))
        {
            while (reader.Read())
            {
                deleted.Add(new RowVersion(reader.GetInt64(0), reader.GetInt32(1)));
                if (!reader.IsDBNull(2) || !reader.IsDBNull(3)) indexed.Add((reader.GetInt64(0), reader.Text(2), reader.Text(3)));
            }
        }

        foreach (var row in indexed) AttributeIndex.Remove(db, table, row.Id, row.ProductId, row.Attributes);
        if (deleted.Count == 0) return;
        PictureWrites.Remove(db, table.Generation, deleted.Select(row => row.Id));
        db.Execute(RowSql.RecordRemoved, ("$generation", table.Generation.Number), ("$version", deleted.Max(row => GivenIds.Removed(row.Version))));
    }

    /// <summary>Takes the next id of a table.</summary>
    public static long TakeId(SqliteSession db, LiveTable table) =>
        (long)db.Scalar(RowSql.TakeId, ("$generation", table.Generation.Number), ("$name", table.Generation.Name.Value))!;

    /// <summary>Makes the ids that are taken later greater than a given one.</summary>
    /// <returns>The version of the row with that id.</returns>
    public static int UseGivenId(SqliteSession db, LiveTable table, long id, string now)
    {
        if (id < IssuedIds.End) RowTransfers.RaiseLastId(db, table.Generation, id);
        var removed = (long)db.Scalar(RowSql.RemovedVersion, ("$generation", table.Generation.Number))!;
        return GivenIds.FirstVersion((int)removed, now);
    }

    /// <summary>Inserts a row with an id that was taken, its index entries and its pictures.</summary>
    public static void Insert(SqliteSession db, LiveTable table, Item item, EncodedVectors vectors)
    {
        var (id, texts) = (item.Id, item.Texts);
        db.Execute(
            RowSql.Insert,
            ("$generation", table.Generation.Number), ("$id", id), ("$tags", texts.Tags), ("$brief", texts.Brief), ("$status", vectors.Searchable),
            ("$version", item.Version), ("$key", texts.Key), ("$path", texts.FilePath), ("$created", item.Created), ("$modified", item.Modified),
            ("$product", texts.ProductId), ("$attributes", texts.Attributes), ("$feature", vectors.Whole), ("$object", vectors.MainObject));
        AttributeIndex.Add(db, table, id, texts.ProductId, texts.Attributes);
        PictureWrites.Add(db, table.Generation, new RowVersion(id, item.Version), vectors.Kept);
    }

    private static Result<RowVersion> Add(SqliteSession db, LiveTable table, EncodedPicture picture, string now)
    {
        var (texts, vectors) = (picture.Texts, picture.Vectors);
        if (vectors.Dimension != table.Dimension)
        {
            return CatalogFailures.ModelMismatch(table.Generation, table.Dimension, vectors.Dimension);
        }

        if (picture.ReplacedKey is { } key && OldestWithKey(db, table, key) is { } oldest)
        {
            var version = (long)db.Scalar(
                RowSql.Replace,
                ("$generation", table.Generation.Number), ("$id", oldest.Id), ("$tags", texts.Tags), ("$brief", texts.Brief), ("$path", texts.FilePath),
                ("$status", vectors.Searchable), ("$now", now), ("$product", texts.ProductId), ("$attributes", texts.Attributes),
                ("$feature", vectors.Whole), ("$object", vectors.MainObject))!;
            ReplaceEntries(db, table, oldest.Id, oldest.Indexed, texts);
            var replaced = new RowVersion(oldest.Id, (int)version);
            PictureWrites.Replace(db, table.Generation, replaced, vectors.Kept);
            return replaced;
        }

        var id = TakeId(db, table);
        Insert(db, table, new Item(id, 1, texts, now, now), vectors);
        return new RowVersion(id, 1);
    }

    private static (long Id, IndexedColumns Indexed)? OldestWithKey(SqliteSession db, LiveTable table, string key)
    {
        using var reader = db.Query(RowSql.OldestWithKey, ("$generation", table.Generation.Number), ("$key", key));
        return reader.Read() ? (reader.GetInt64(0), new IndexedColumns(reader.Text(1), reader.Text(2))) : null;
    }

    private static void ChangeEntries(SqliteSession db, LiveTable table, PictureChange change)
    {
        IndexedColumns before;
        using (var reader = db.Query(RowSql.Indexed, ("$generation", table.Generation.Number), ("$id", change.Id)))
        {
            if (!reader.Read()) return;
            before = new IndexedColumns(reader.Text(0), reader.Text(1));
        }

        ReplaceEntries(db, table, change.Id, before, change.Texts);
    }

    // A text that is not given keeps its value.
    private static void ReplaceEntries(SqliteSession db, LiveTable table, long id, IndexedColumns before, PictureTexts texts) =>
        AttributeIndex.Replace(
            db, table, id, before, new IndexedColumns(texts.ProductId ?? before.ProductId, texts.Attributes ?? before.Attributes));

    /// <summary>Deleted rows by id; the order of RETURNING is unspecified.</summary>
    public static Result<IReadOnlyList<RowVersion>> ById(List<RowVersion> rows)
    {
        rows.Sort((a, b) => a.Id.CompareTo(b.Id));
        return Result.Success<IReadOnlyList<RowVersion>>(rows);
    }
}
