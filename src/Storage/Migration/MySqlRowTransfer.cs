using System.Globalization;
using System.Text;
using Dapper;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Attributes;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.Migration;

/// <summary>One commit of whole rows into a MySQL table; may be retried if the reply to its commit was lost.</summary>
internal sealed class MySqlRowTransfer(TableGeneration table, IReadOnlyList<StoredRow> rows, TableSchemas schemas, string writer, string now)
{
    // A larger statement is no faster; servers accept 16 MB by default.
    private const int MaxCharacters = 2 << 20;

    // Attributes of 16 KB each make a statement of 4 MB.
    private const int RowsPerStatement = 100;

    private readonly TableSql _sql = new(table);
    private IReadOnlyList<long> _sent = [];

    public async Task<Result<IReadOnlyList<long>>> RunAsync(MySqlSession db)
    {
        await db.ExecuteAsync("START TRANSACTION").ConfigureAwait(false);

        // The lock that every writer of the table takes, so that changes are numbered without gaps.
        var locked = await db.FirstAsync<Locked>(
            $"""
            SELECT g.last_id AS LastId, g.last_change AS LastChange, g.revision AS Revision, g.settings IS NOT NULL AS HasSettings
            FROM `imagesearch$tables` g WHERE {TableRegistry.WhereLive} FOR UPDATE
            """,
            TableRegistry.Key(table)).ConfigureAwait(false);
        if (locked is null)
        {
            await db.ExecuteAsync("ROLLBACK").ConfigureAwait(false);
            return CatalogFailures.TableDropped(table);
        }

        var taken = (await db.QueryAsync<long>(
            $"SELECT CAST(id AS SIGNED) FROM {_sql.Table} WHERE id IN ({SqlList.Of(rows.Select(row => row.Id).Where(id => id >= 0))})")
            .ConfigureAwait(false)).ToHashSet();
        var stored = _sent.Where(taken.Contains).ToList();
        var news = rows.Where(row => taken.Add(row.Id)).ToList();
        if (news.Count > 0)
        {
            await InsertAsync(db, news).ConfigureAwait(false);
            if (locked.HasSettings != 0)
                await InsertEntriesAsync(db, news, await schemas.OfLockedAsync(db, table, locked.Revision).ConfigureAwait(false)).ConfigureAwait(false);
            await NoteAsync(db, news, locked).ConfigureAwait(false);
            stored.AddRange(news.Select(row => row.Id));
        }

        stored.Sort();
        _sent = stored;
        await db.ExecuteAsync("COMMIT").ConfigureAwait(false);
        return Result.Success<IReadOnlyList<long>>(stored);
    }

    private async Task InsertAsync(MySqlSession db, List<StoredRow> news)
    {
        var text = new StringBuilder();
        var values = new DynamicParameters();
        var size = 0;
        for (var i = 0; i < news.Count; i++)
        {
            text.Append(text.Length == 0 ? Head : ", ");
            Append(text, values, i, news[i]);
            size += Size(news[i]);
            if (size < MaxCharacters && i < news.Count - 1) continue;
            await db.ExecuteAsync(text.ToString(), values).ConfigureAwait(false);
            text.Clear();
            values = new DynamicParameters();
            size = 0;
        }
    }

    // A process of an older version may have deleted rows with these ids and left their entries.
    private static async Task InsertEntriesAsync(MySqlSession db, List<StoredRow> news, TableSchema schema)
    {
        foreach (var chunk in news.Chunk(RowsPerStatement))
        {
            var values = new StatementValues();
            var text = EntrySql.Delete(schema, chunk.Select(row => row.Id))
                + EntrySql.Insert(schema, chunk.Select(row => (row.Id, row.Attributes)), values);
            if (text.Length > 0) await db.ExecuteAsync(text, values).ConfigureAwait(false);
        }
    }

    private string Head =>
        $"INSERT INTO {_sql.Table} (id, milvus_id, tags, brief, upload_status, version, item_key, file_path, create_date, modify_date, "
        + "product_id, attributes, feature, feature_object) VALUES ";

    private void Append(StringBuilder text, DynamicParameters values, int index, StoredRow row)
    {
        var columns = new (string Name, object? Value)[]
        {
            ("id", row.Id), ("milvus", row.MilvusId), ("tags", row.Tags), ("brief", row.Brief), ("status", row.UploadStatus),
            ("version", row.Version), ("key", row.ItemKey), ("path", row.FilePath), ("created", row.CreateDate ?? now),
            ("modified", row.ModifyDate ?? now), ("product", row.ProductId), ("attributes", row.Attributes), ("feature", row.Feature),
            ("object", row.FeatureObject),
        };
        text.Append('(');
        foreach (var (name, value) in columns)
        {
            var parameter = string.Create(CultureInfo.InvariantCulture, $"{name}_{index}");
            text.Append(name == "id" ? "@" : ", @").Append(parameter);
            values.Add(parameter, value);
        }

        text.Append(')');
    }

    private async Task NoteAsync(MySqlSession db, List<StoredRow> news, Locked locked) => await db.ExecuteAsync(
        """
        INSERT INTO `imagesearch$changes` (generation, number, writer, changed) VALUES (@generation, @change, @writer, @changed);
        UPDATE `imagesearch$tables` SET last_id = @lastId, last_change = @change WHERE generation = @generation
        """,
        new
        {
            generation = table.Number,
            change = locked.LastChange + 1,
            writer,
            changed = RowChange.Write(news.Select(row => new RowChange(new RowVersion(row.Id, row.Version), Removed: false))),
            lastId = news.Select(row => row.Id).Where(id => id < IssuedIds.End).Append(locked.LastId).Max(),
        }).ConfigureAwait(false);

    private static int Size(StoredRow row) =>
        (row.Feature?.Length ?? 0) + (row.FeatureObject?.Length ?? 0) + (row.Brief?.Length ?? 0) + (row.FilePath?.Length ?? 0)
        + (row.Attributes?.Length ?? 0);

    private sealed class Locked
    {
        public long LastId { get; init; }

        public long LastChange { get; init; }

        public long Revision { get; init; }

        public int HasSettings { get; init; }
    }
}
