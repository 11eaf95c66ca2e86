using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Rows;

/// <summary>Writes of rows. Each runs in the writer's transaction and checks there that the table is live.</summary>
internal static class RowWrites
{
    public static Result<RowVersion> Add(SqliteSession db, TableGeneration table, EncodedPicture picture, string now) =>
        Registry.LiveDimension(db, table) is { } dimension ? Add(db, table, dimension, picture, now) : CatalogFailures.TableDropped(table);

    public static Result<Result<RowVersion>[]> AddMany(SqliteSession db, TableGeneration table, IReadOnlyList<EncodedPicture> pictures, string now)
    {
        if (Registry.LiveDimension(db, table) is not { } dimension)
        {
            return CatalogFailures.TableDropped(table);
        }

        var results = new Result<RowVersion>[pictures.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Add(db, table, dimension, pictures[i], now);
        }

        return results;
    }

    public static Result<RowVersion> Change(SqliteSession db, TableGeneration table, PictureChange change, EncodedVectors? vectors, string now)
    {
        if (Registry.LiveDimension(db, table) is not { } dimension)
        {
            return CatalogFailures.TableDropped(table);
        }

        if (vectors is not null && vectors.Dimension != dimension)
        {
            return CatalogFailures.ModelMismatch(table, dimension, vectors.Dimension);
        }

        var texts = change.Texts;
        var version = vectors is null
            ? db.Scalar(
                RowSql.ChangeTexts,
                ("$generation", table.Number), ("$id", change.Id), ("$tags", texts.Tags), ("$brief", texts.Brief), ("$key", texts.Key), ("$path", texts.FilePath),
                ("$now", now))
            : db.Scalar(
                RowSql.ChangePicture,
                ("$generation", table.Number), ("$id", change.Id), ("$tags", texts.Tags), ("$brief", texts.Brief), ("$key", texts.Key), ("$path", texts.FilePath),
                ("$now", now), ("$status", vectors.Searchable), ("$feature", vectors.Whole), ("$object", vectors.MainObject));
        return version is long number ? new RowVersion(change.Id, (int)number) : CatalogFailures.IdNotFound(change.Id);
    }

    public static Result<IReadOnlyList<RowVersion>> DeleteByIds(SqliteSession db, TableGeneration table, IReadOnlyCollection<long> ids)
    {
        if (Registry.LiveDimension(db, table) is null)
        {
            return CatalogFailures.TableDropped(table);
        }

        var deleted = new List<RowVersion>();
        Delete(db, table, deleted, RowSql.DeleteByIds, ("$ids", IdList.Json(ids)));
        return ById(deleted);
    }

    public static Result<IReadOnlyList<RowVersion>> DeleteByKeys(SqliteSession db, TableGeneration table, IReadOnlyCollection<string> keys)
    {
        if (Registry.LiveDimension(db, table) is null)
        {
            return CatalogFailures.TableDropped(table);
        }

        // One by one, because JSON could change a key's unpaired surrogates.
        var deleted = new List<RowVersion>();
        foreach (var key in keys)
        {
            Delete(db, table, deleted, RowSql.DeleteByKey, ("$key", key));
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

    private static Result<RowVersion> Add(SqliteSession db, TableGeneration table, int dimension, EncodedPicture picture, string now)
    {
        var (texts, vectors) = (picture.Texts, picture.Vectors);
        if (vectors.Dimension != dimension)
        {
            return CatalogFailures.ModelMismatch(table, dimension, vectors.Dimension);
        }

        if (picture.ReplacedKey is { } key && db.Scalar(RowSql.OldestWithKey, ("$generation", table.Number), ("$key", key)) is long oldest)
        {
            var version = (long)db.Scalar(
                RowSql.Replace,
                ("$generation", table.Number), ("$id", oldest), ("$tags", texts.Tags), ("$brief", texts.Brief), ("$path", texts.FilePath),
                ("$status", vectors.Searchable), ("$now", now), ("$feature", vectors.Whole), ("$object", vectors.MainObject))!;
            return new RowVersion(oldest, (int)version);
        }

        var id = (long)db.Scalar(RowSql.TakeId, ("$generation", table.Number), ("$name", table.Name.Value))!;
        db.Execute(
            RowSql.Insert,
            ("$generation", table.Number), ("$id", id), ("$tags", texts.Tags), ("$brief", texts.Brief), ("$status", vectors.Searchable),
            ("$key", texts.Key), ("$path", texts.FilePath), ("$now", now), ("$feature", vectors.Whole), ("$object", vectors.MainObject));
        return new RowVersion(id, 1);
    }

    private static void Delete(
        SqliteSession db, TableGeneration table, List<RowVersion> deleted, string sql, (string Name, object? Value) which)
    {
        using var reader = db.Query(sql, ("$generation", table.Number), which);
        while (reader.Read())
        {
            deleted.Add(new RowVersion(reader.GetInt64(0), reader.GetInt32(1)));
        }
    }

    // The order of RETURNING is unspecified.
    private static Result<IReadOnlyList<RowVersion>> ById(List<RowVersion> rows)
    {
        rows.Sort((a, b) => a.Id.CompareTo(b.Id));
        return Result.Success<IReadOnlyList<RowVersion>>(rows);
    }
}
