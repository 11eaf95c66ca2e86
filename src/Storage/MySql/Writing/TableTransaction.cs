using System.Data.Common;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Attributes;
using ImageSearch.Storage.MySql.Pictures;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.MySql.Writing;

/// <summary>
/// One table's part of a writer's transaction. It locks the table's registry row until the commit, so commits of all processes on one
/// table are serialised: ids increase, and change numbers are committed in order without gaps.
/// </summary>
internal sealed partial class TableTransaction
{
    private const int IdsPerStatement = 1000;

    private readonly MySqlSession _db;
    private readonly TableSql _sql;
    private readonly string _writer;
    private readonly string _now;
    private readonly Locked _row;
    private readonly List<RowChange> _changes = [];
    private readonly TableSchemas _schemas;
    private readonly Dictionary<string, RowVersion> _rowsByKey = new(StringComparer.Ordinal);
    private readonly bool _hasKeys;
    private PendingRows _pending;
    private TableSchema _schema;
    private bool _replaced;
    private long _lastId;
    private int _removed;

    private TableTransaction(
        MySqlSession db, TableGeneration table, Locked row, TableSchema schema, TableSchemas schemas, bool hasKeys, string writer, string now)
    {
        (_db, Table, _row, _schema, _schemas, _hasKeys, _writer, _now) = (db, table, row, schema, schemas, hasKeys, writer, now);
        _sql = new TableSql(table);
        (_lastId, _removed) = (row.LastId, row.RemovedVersion);
        _pending = new PendingRows(db, table, _sql, schema, now);
    }

    public TableGeneration Table { get; }

    /// <summary>Locks the table, and the rows that adds will replace; null if the table is not live.</summary>
    /// <param name="db">The writer's connection.</param>
    /// <param name="table">The table.</param>
    /// <param name="keys">The keys whose oldest rows are replaced.</param>
    /// <param name="before">Statements to send in the same packet.</param>
    /// <param name="values">The values of those statements.</param>
    /// <param name="schemas">The schemas that were read before.</param>
    /// <param name="writer">The writer's name.</param>
    /// <param name="now">The current date.</param>
    public static async Task<TableTransaction?> BeginAsync(
        MySqlSession db, TableGeneration table, IReadOnlyCollection<string> keys, string before, StatementValues values, TableSchemas schemas,
        string writer, string now)
    {
        try
        {
            var sql = new TableSql(table);
            TableRegistry.AddKey(values, table);
            if (keys.Count == 0)
            {
                var only = await db.FirstAsync<Locked>(before + sql.Lock, values).ConfigureAwait(false);
                if (only is null) return null;
                return new TableTransaction(
                    db, table, only, await SchemaAsync(db, table, only, schemas).ConfigureAwait(false), schemas, hasKeys: false, writer, now);
            }

            var (row, rows) = await db.FirstAndRestAsync<Locked, KeyedRow>($"{before}{sql.Lock};\n{sql.LockByKeys(values.AddList(keys))}", values)
                .ConfigureAwait(false);
            if (row is null) return null;
            var transaction = new TableTransaction(
                db, table, row, await SchemaAsync(db, table, row, schemas).ConfigureAwait(false), schemas, hasKeys: true, writer, now);

            // Ascending by id. A row whose key differs by trailing spaces, which the server ignores, is stored under a key that is not looked up.
            foreach (var found in rows) transaction._rowsByKey.TryAdd(found.ItemKey, new RowVersion(found.Id, found.Version));
            return transaction;
        }
        catch (DbException e) when (MySqlDriver.ErrorNumber(e) == MySqlErrors.NoSuchTable)
        {
            // Dropped, or removed outside the service.
            if (await TableRegistry.IsLiveAsync(db, table).ConfigureAwait(false)) throw;
            return null;
        }
    }

    /// <summary>
    /// Adds rows in as few packets as the limit allows. Must run before the group's other writes, which may change the keys that were read.
    /// </summary>
    public async Task<Result<Result<RowVersion>[]>> AddAsync(IReadOnlyList<EncodedPicture> pictures)
    {
        var results = new Result<RowVersion>[pictures.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var picture = pictures[i];
            results[i] = picture.Vectors.Dimension == _row.Dimension
                ? await AddAsync(picture).ConfigureAwait(false)
                : CatalogFailures.ModelMismatch(Table, _row.Dimension, picture.Vectors.Dimension);
        }

        return results;
    }

    public async Task<Result<RowVersion>> ChangeAsync(PictureChange change, EncodedVectors? vectors)
    {
        if (vectors is not null && vectors.Dimension != _row.Dimension)
            return CatalogFailures.ModelMismatch(Table, _row.Dimension, vectors.Dimension);
        var texts = change.Texts;
        await _pending.FlushAsync().ConfigureAwait(false);
        var version = await _db.FirstAsync<int?>(
            vectors is null ? _sql.ChangeTexts(texts) : _sql.ChangePicture(texts),
            new
            {
                id = change.Id,
                tags = texts.Tags,
                brief = texts.Brief,
                key = texts.Key,
                path = texts.FilePath,
                product = texts.ProductId,
                attributes = texts.Attributes,
                status = vectors?.Searchable,
                now = _now,
                feature = vectors?.Whole,
                @object = vectors?.MainObject,
            }).ConfigureAwait(false);
        if (version is not { } number) return CatalogFailures.IdNotFound(change.Id);
        if (texts.Attributes is not null) await ReplaceEntriesAsync(change.Id, texts.Attributes).ConfigureAwait(false);
        if (vectors is null) return new RowVersion(change.Id, number);
        await ReplacePicturesAsync(new RowVersion(change.Id, number), vectors).ConfigureAwait(false);
        return Put(change.Id, number);
    }

    public async Task<Result<IReadOnlyList<RowVersion>>> DeleteByIdsAsync(IReadOnlyCollection<long> ids)
    {
        await _pending.FlushAsync().ConfigureAwait(false);
        var deleted = new List<RowVersion>();
        foreach (var chunk in ids.Where(id => id >= 0).Distinct().Chunk(IdsPerStatement))
        {
            deleted.AddRange(await _db.QueryAsync<RowVersion>(_sql.LockByIds(SqlList.Of(chunk))).ConfigureAwait(false));
        }

        return await DeleteAsync(deleted).ConfigureAwait(false);
    }

    public async Task<Result<IReadOnlyList<RowVersion>>> DeleteByKeysAsync(IReadOnlyCollection<string> keys)
    {
        await _pending.FlushAsync().ConfigureAwait(false);
        var deleted = new List<RowVersion>();
        foreach (var chunk in keys.Distinct(StringComparer.Ordinal).Chunk(IdsPerStatement))
        {
            // The server ignores trailing spaces.
            var exact = chunk.ToHashSet(StringComparer.Ordinal);
            var values = new StatementValues();
            var found = await _db.QueryAsync<KeyedRow>(_sql.LockByKeys(values.AddList(chunk)), values).ConfigureAwait(false);
            deleted.AddRange(found.Where(row => exact.Contains(row.ItemKey)).Select(row => new RowVersion(row.Id, row.Version)));
        }

        return await DeleteAsync(deleted).ConfigureAwait(false);
    }

    public async Task<Result<int>> MarkSearchableAsync(IReadOnlyCollection<RowVersion> rows)
    {
        await _pending.FlushAsync().ConfigureAwait(false);
        var marked = 0;
        foreach (var chunk in rows.Distinct().Where(row => row.Id >= 0).Chunk(IdsPerStatement))
        {
            var existing = await _db.QueryAsync<RowVersion>(_sql.LockByIds(SqlList.Of(chunk.Select(row => row.Id)))).ConfigureAwait(false);
            var same = existing.Intersect(chunk).ToList();
            if (same.Count == 0) continue;
            await _db.ExecuteAsync(_sql.MarkSearchable(SqlList.Of(same.Select(row => row.Id)))).ConfigureAwait(false);
            same.ForEach(row => Put(row.Id, row.Version));
            marked += same.Count;
        }

        return marked;
    }

    /// <summary>The last statements: pending rows, and the changes for other processes. To be sent before the commit.</summary>
    public string Finish(StatementValues values)
    {
        if (!HasChanges) return "";
        values.Add("generation", Table.Number);
        values.Add("change", _row.LastChange + 1);
        values.Add("writer", _writer);
        values.Add("changed", RowChange.Write(_changes));
        values.Add("lastId", _lastId);
        values.Add("removed", _removed);
        return _pending.Take(values) + """
            INSERT INTO `imagesearch$changes` (generation, number, writer, changed) VALUES (@generation, @change, @writer, @changed);
            UPDATE `imagesearch$tables` SET last_id = @lastId, last_change = @change, removed_version = @removed WHERE generation = @generation;

            """;
    }

    /// <summary>Remembers the table's state after the commit.</summary>
    public void Remember(KnownTables tables)
    {
        if (!HasChanges) return;
        if (_isConfigured) _schemas.Keep(Table, _schema);
        tables.Committed(Table, _row.Dimension, _lastId, _row.LastChange, _schema, _hasKeys ? _replaced : null);
    }

    private async Task<Result<IReadOnlyList<RowVersion>>> DeleteAsync(List<RowVersion> rows)
    {
        foreach (var chunk in rows.Chunk(IdsPerStatement))
        {
            var ids = chunk.Select(row => row.Id).ToList();
            await _db.ExecuteAsync(EntrySql.Delete(_schema, ids) + PictureSql.Delete(Table, ids) + _sql.Delete(SqlList.Of(ids))).ConfigureAwait(false);
            _removed = Math.Max(_removed, chunk.Max(row => GivenIds.Removed(row.Version)));
        }

        rows.Sort((a, b) => a.Id.CompareTo(b.Id));
        _changes.AddRange(rows.Select(row => new RowChange(row, Removed: true)));
        return Result.Success<IReadOnlyList<RowVersion>>(rows);
    }

    private async Task<RowVersion> AddAsync(EncodedPicture picture)
    {
        RowVersion row;
        if (picture.ReplacedKey is { } key && _rowsByKey.TryGetValue(key, out var oldest))
        {
            row = oldest with { Version = oldest.Version + 1 };
            _rowsByKey[key] = row;
            _replaced = true;
        }
        else
        {
            row = new RowVersion(++_lastId, 1);
            if (picture.Texts.Key is { } added) _rowsByKey.TryAdd(added, row);
        }

        await _pending.AddAsync(new RowToWrite(row, picture.Texts, picture.Vectors, IsNew: row.Version == 1)).ConfigureAwait(false);
        return Put(row.Id, row.Version);
    }

    private async Task ReplaceEntriesAsync(long id, string? attributes)
    {
        if (_schema.Indexes.Count == 0) return;
        var values = new StatementValues();
        await _db.ExecuteAsync(EntrySql.Delete(_schema, [id]) + EntrySql.Insert(_schema, [(id, attributes)], values), values).ConfigureAwait(false);
    }

    private async Task ReplacePicturesAsync(RowVersion row, EncodedVectors vectors)
    {
        var values = new StatementValues();
        var kept = PacketSize.Fitting(vectors.Kept, others: 0, _db.MaxPacket);
        await _db.ExecuteAsync(PictureSql.Delete(Table, [row.Id]) + PictureSql.Insert(Table, [(row, kept)], values), values).ConfigureAwait(false);
    }

    private RowVersion Put(long id, int version)
    {
        var row = new RowVersion(id, version);
        _changes.Add(new RowChange(row, Removed: false));
        return row;
    }

    private bool HasChanges => _changes.Count > 0 || _isConfigured;

    private static async Task<TableSchema> SchemaAsync(MySqlSession db, TableGeneration table, Locked row, TableSchemas schemas) =>
        row.HasSettings != 0
            ? await schemas.OfLockedAsync(db, table, row.Revision).ConfigureAwait(false)
            : TableSchema.None with { Revision = row.Revision };

    private sealed class Locked
    {
        public long Revision { get; init; }

        public int HasSettings { get; init; }

        public int Dimension { get; init; }

        public long LastId { get; init; }

        public int RemovedVersion { get; init; }

        public long LastChange { get; init; }
    }

    private sealed class KeyedRow
    {
        public long Id { get; init; }

        public int Version { get; init; }

        public string ItemKey { get; init; } = "";
    }
}
