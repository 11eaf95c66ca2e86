using System.Data.Common;
using System.Globalization;
using System.Text;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.MySql.Rows;

/// <summary>Reads of rows. Each is one statement that also tells whether the generation is live.</summary>
internal static class MySqlReads
{
    public static async Task<Result<JoinedRows>> TextsAsync(
        MySqlSession db, TableGeneration table, IReadOnlyCollection<RowVersion> rows, CancellationToken cancellationToken)
    {
        var requested = rows.ToHashSet();
        var ids = SqlList.Of(rows.Select(row => row.Id).Where(id => id >= 0));
        var read = await db.QueryAsync<TextsRow>(new TableSql(table).Texts(ids), TableRegistry.Key(table), cancellationToken)
            .ConfigureAwait(false);
        if (read.Count == 0) return CatalogFailures.TableDropped(table);
        var texts = new Dictionary<long, PictureTexts>(rows.Count);
        var moved = new HashSet<long>();
        foreach (var row in read)
        {
            if (row.Id is not { } id) continue;
            if (requested.Contains(new RowVersion(id, row.Version)))
                texts.Add(id, new PictureTexts(row.Tags, row.Brief, row.ItemKey, row.FilePath));
            else
                moved.Add(id);
        }

        return new JoinedRows(texts, moved);
    }

    public static async Task<Result<long>> CountSearchableAsync(
        MySqlSession db, TableGeneration table, CancellationToken cancellationToken) =>
        await db.FirstAsync<long?>(new TableSql(table).CountSearchable, TableRegistry.Key(table), cancellationToken)
            .ConfigureAwait(false) is { } count
            ? count
            : CatalogFailures.TableDropped(table);

    /// <summary>The rows after an id, and the last id read; null at the end of the table.</summary>
    public static async Task<(VectorBatch Batch, long Last)?> VectorsAsync(
        MySqlSession db, TableGeneration table, int dimension, RowSelection selection, long after, int count,
        CancellationToken cancellationToken)
    {
        var sql = selection == RowSelection.Waiting
            ? new TableSql(table).WaitingVectors(After(selection, after, count))
            : new TableSql(table).Vectors(After(selection, after, count));
        var batch = await ReadVectorsAsync(db, table, dimension, sql, cancellationToken).ConfigureAwait(false);
        if (batch is null) throw new CatalogException(CatalogFailures.TableDropped(table));
        var ids = batch.Vectors.Select(row => row.Row.Id).Concat(batch.Refused.Select(row => row.Id)).ToList();
        return ids.Count == 0 ? null : (batch, ids.Max());
    }

    /// <summary>The existing rows with these ids; null if the table is not live.</summary>
    public static Task<VectorBatch?> VectorsOfAsync(
        MySqlSession db, TableGeneration table, int dimension, IEnumerable<long> ids, CancellationToken cancellationToken) =>
        ReadVectorsAsync(
            db, table, dimension, new TableSql(table).Vectors($"id IN ({SqlList.Of(ids)}) ORDER BY id"), cancellationToken);

    /// <summary>Ids and versions after an id, empty at the end of the table; null if the table is not live.</summary>
    public static async Task<IReadOnlyList<RowVersion>?> VersionsAsync(
        MySqlSession db, TableGeneration table, RowSelection selection, long after, int count,
        CancellationToken cancellationToken)
    {
        var rows = new List<RowVersion>();
        var sql = new TableSql(table).Versions(After(selection, after, count));
        var live = await db.ReadAsync(
            sql, TableRegistry.Key(table), row => rows.Add(new RowVersion(row.GetInt64(0), row.GetInt32(1))), cancellationToken)
            .ConfigureAwait(false);
        return live ? rows : null;
    }

    private static string After(RowSelection selection, long after, int count)
    {
        var waiting = selection == RowSelection.Waiting ? " AND upload_status = 0" : "";
        return string.Create(CultureInfo.InvariantCulture, $"id > {after} AND id <= {long.MaxValue}{waiting} ORDER BY id LIMIT {count}");
    }

    private static async Task<VectorBatch?> ReadVectorsAsync(
        MySqlSession db, TableGeneration table, int dimension, string sql, CancellationToken cancellationToken)
    {
        var vectors = new List<RowVectors>();
        var refused = new List<RefusedRow>();
        var live = await db.ReadAsync(sql, TableRegistry.Key(table), row => ReadRow(row, dimension, vectors, refused), cancellationToken)
            .ConfigureAwait(false);
        return live ? new VectorBatch(vectors, refused) : null;
    }

    private static void ReadRow(DbDataReader reader, int dimension, List<RowVectors> vectors, List<RefusedRow> refused)
    {
        var row = new RowVersion(reader.GetInt64(0), reader.GetInt32(1));
        if (row.Version < 0)
        {
            refused.Add(new RefusedRow(row.Id, $"its version {row.Version} is out of range"));
        }
        else if (!FeatureText.TryRead(Bytes(reader, 2), dimension, out var whole, out var reason))
        {
            refused.Add(new RefusedRow(row.Id, reason));
        }
        else if (reader.IsDBNull(3))
        {
            vectors.Add(new RowVectors(row, whole, null));
        }
        else if (FeatureText.TryRead(Bytes(reader, 3), dimension, out var mainObject, out reason))
        {
            vectors.Add(new RowVectors(row, whole, mainObject));
        }
        else
        {
            refused.Add(new RefusedRow(row.Id, $"the main object's vector can't be used: {reason}"));
        }
    }

    private static ReadOnlySpan<byte> Bytes(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? default : Encoding.UTF8.GetBytes(reader.GetString(column));

    private sealed class TextsRow
    {
        public long? Id { get; init; }

        public int Version { get; init; }

        public string? Tags { get; init; }

        public string? Brief { get; init; }

        public string? ItemKey { get; init; }

        public string? FilePath { get; init; }
    }
}
