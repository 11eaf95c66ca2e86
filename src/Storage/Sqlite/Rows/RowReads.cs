using Dapper;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImageSearch.Storage.Sqlite.Rows;

/// <summary>Reads of rows. Each runs in one snapshot and checks there that the table is live.</summary>
internal static class RowReads
{
    public static Result<JoinedRows> Texts(
        SqliteSession db, TableGeneration table, IReadOnlyCollection<RowVersion> rows)
    {
        if (Registry.LiveDimension(db, table) is null)
        {
            return CatalogFailures.TableDropped(table);
        }

        var requested = rows.ToHashSet();
        using var reader = db.Query(
            RowSql.Texts, ("$generation", table.Number), ("$ids", IdList.Json(rows.Select(row => row.Id))));
        var texts = new Dictionary<long, PictureTexts>(rows.Count);
        var moved = new HashSet<long>();
        foreach (var row in reader.Parse<TextsRow>())
        {
            if (row.Version <= int.MaxValue && requested.Contains(new RowVersion(row.Id, (int)row.Version)))
                texts.Add(row.Id, new PictureTexts(row.Tags, row.Brief, row.ItemKey, row.FilePath));
            else
                moved.Add(row.Id);
        }

        return new JoinedRows(texts, moved);
    }

    public static Result<long> CountSearchable(SqliteSession db, TableGeneration table) =>
        Registry.LiveDimension(db, table) is null
            ? CatalogFailures.TableDropped(table)
            : (long)db.Scalar(RowSql.CountSearchable, ("$generation", table.Number))!;

    /// <summary>The rows after an id, and the last id read; null at the end of the table.</summary>
    public static (VectorBatch Batch, long Last)? Vectors(
        SqliteSession db, TableGeneration table, int dimension, RowSelection selection, long after, int count)
    {
        ThrowIfDropped(db, table);
        using var reader = db.Query(
            RowSql.Vectors(selection), ("$generation", table.Number), ("$after", after), ("$count", count));
        var (batch, last) = ReadBatch(reader, dimension, after);
        return batch.Vectors.Count + batch.Refused.Count == 0 ? null : (batch, last);
    }

    /// <summary>The existing rows with these ids.</summary>
    public static VectorBatch Vectors(SqliteSession db, TableGeneration table, int dimension, IEnumerable<long> ids)
    {
        ThrowIfDropped(db, table);
        using var reader = db.Query(
            RowSql.VectorsOf, ("$generation", table.Number), ("$ids", IdList.Json(ids)));
        return ReadBatch(reader, dimension, after: 0).Batch;
    }

    /// <summary>Ids and versions after an id; empty at the end of the table.</summary>
    public static IReadOnlyList<RowVersion> Versions(SqliteSession db, TableGeneration table, RowSelection selection, long after, int count)
    {
        ThrowIfDropped(db, table);
        var rows = new List<RowVersion>();
        using var reader = db.Query(
            RowSql.Versions(selection), ("$generation", table.Number), ("$after", after), ("$count", count));
        while (reader.Read())
        {
            rows.Add(new RowVersion(reader.GetInt64(0), (int)Math.Clamp(reader.GetInt64(1), int.MinValue, int.MaxValue)));
        }

        return rows;
    }

    private static void ThrowIfDropped(SqliteSession db, TableGeneration table)
    {
        if (Registry.LiveDimension(db, table) is null) throw new CatalogException(CatalogFailures.TableDropped(table));
    }

    private static (VectorBatch Batch, long Last) ReadBatch(SqliteDataReader reader, int dimension, long after)
    {
        var vectors = new List<RowVectors>();
        var refused = new List<RefusedRow>();
        var last = after;
        while (reader.Read())
        {
            last = reader.GetInt64(0);
            var version = reader.GetInt64(1);
            if (version is >= 0 and <= int.MaxValue)
                ReadRow(reader, new RowVersion(last, (int)version), dimension, vectors, refused);
            else
                refused.Add(new RefusedRow(last, $"its version {version} is out of range"));
        }

        return (new VectorBatch(vectors, refused), last);
    }

    private static void ReadRow(
        SqliteDataReader reader, RowVersion row, int dimension, List<RowVectors> vectors, List<RefusedRow> refused)
    {
        // SQLite's own memory, valid until the next step: base64 is decoded from there without a copy.
        if (!FeatureText.TryRead(raw.sqlite3_column_blob(reader.Handle, 2), dimension, out var whole, out var reason))
        {
            refused.Add(new RefusedRow(row.Id, reason));
        }
        else if (reader.IsDBNull(3))
        {
            vectors.Add(new RowVectors(row, whole, null));
        }
        else if (FeatureText.TryRead(raw.sqlite3_column_blob(reader.Handle, 3), dimension, out var mainObject, out reason))
        {
            vectors.Add(new RowVectors(row, whole, mainObject));
        }
        else
        {
            refused.Add(new RefusedRow(row.Id, $"the main object's vector can't be used: {reason}"));
        }
    }

    // Settable properties, because Dapper converts values for them; constructor parameters must match SQLite's types exactly.
    private sealed class TextsRow
    {
        public long Id { get; init; }

        public long Version { get; init; }

        public string? Tags { get; init; }

        public string? Brief { get; init; }

        public string? ItemKey { get; init; }

        public string? FilePath { get; init; }
    }
}
