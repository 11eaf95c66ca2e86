using System.Data.Common;
using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.MySql.Attributes;

/// <summary>
/// Makes the entries of the rows that were written before an index, in batches by id. A batch holds the lock that writers take, so no row
/// changes between its read and its entries; the index records how far it is, so any process can go on.
/// </summary>
internal sealed class IndexBuilder(MySqlOptions options)
{
    /// <summary>Rows of a batch: writers wait some tens of milliseconds for it.</summary>
    private const int RowsPerBatch = 500;

    /// <summary>Tables with incomplete indexes.</summary>
    public static async Task<IReadOnlyList<TableGeneration>> FindAsync(MySqlSession db)
    {
        var rows = await db.QueryAsync<RegistryRow>(
            $"""
            SELECT DISTINCT g.generation AS Generation, g.name AS Name, g.vector_set AS VectorSet
            FROM {IndexTables.Indexes} i JOIN `imagesearch$tables` g ON g.generation = i.generation
            WHERE i.state = '{IndexTables.Building}' AND g.state = 'live' ORDER BY g.generation
            """).ConfigureAwait(false);
        return [.. rows.Select(row => row.Table)];
    }

    /// <summary>Does one batch of a table, unless another process is building its indexes.</summary>
    /// <returns>Whether there is more to do.</returns>
    public async Task<bool> BuildAsync(MySqlSession db, TableGeneration table)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"indexes {table.Number}");
        if (await DatabaseLock.TryTakeAsync(db, options, name, TimeSpan.Zero).ConfigureAwait(false) is not { } held) return false;
        bool more;
        try
        {
            await db.ExecuteAsync("START TRANSACTION").ConfigureAwait(false);
            more = await BatchAsync(db, table).ConfigureAwait(false);
            await db.ExecuteAsync("COMMIT").ConfigureAwait(false);
        }
        catch (DbException e) when (MySqlDriver.ErrorNumber(e) == MySqlErrors.NoSuchTable)
        {
            await db.ExecuteAsync("ROLLBACK").ConfigureAwait(false);
            more = false;
        }

        await held.ReleaseAsync().ConfigureAwait(false);
        return more;
    }

    private static async Task<bool> BatchAsync(MySqlSession db, TableGeneration table)
    {
        var live = await db.FirstAsync<int?>(
            $"SELECT 1 FROM `imagesearch$tables` g WHERE {TableRegistry.WhereLive} FOR UPDATE", TableRegistry.Key(table)).ConfigureAwait(false);
        if (live is null || await TableSchemas.ReadAsync(db, table).ConfigureAwait(false) is not { } schema) return false;
        var building = await db.QueryAsync<BuildingRow>(
            $"""
            SELECT number AS Number, last_id AS LastId FROM {IndexTables.Indexes}
            WHERE generation = @generation AND state = '{IndexTables.Building}' ORDER BY last_id
            """,
            new { generation = table.Number }).ConfigureAwait(false);
        if (building.Count == 0) return false;

        // Those that are equally far are built together.
        var from = building[0].LastId;
        var numbers = building.Where(index => index.LastId == from).Select(index => index.Number).ToHashSet();
        var part = schema with { Indexes = [.. schema.Indexes.Where(index => numbers.Contains(index.Number))] };
        var rows = await db.QueryAsync<AttributesRow>(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                SELECT CAST(id AS SIGNED) AS Id, attributes AS Attributes FROM {new TableSql(table).Table}
                WHERE id > {from} AND id <= {long.MaxValue} ORDER BY id LIMIT {RowsPerBatch}
                """)).ConfigureAwait(false);
        var ended = rows.Count < RowsPerBatch;
        var fitting = Fitting(rows, PendingRows.MaxPacketBytes(db));
        if (fitting < rows.Count)
        {
            rows.RemoveRange(fitting, rows.Count - fitting);
            ended = false;
        }

        var to = rows.Count > 0 ? rows[^1].Id : from;
        var values = new StatementValues();
        values.Add("from", from);
        values.Add("to", to);
        values.Add("state", ended ? IndexTables.Ready : IndexTables.Building);

        // Rows that were written since the index was started have entries already.
        await db.ExecuteAsync(
            $"""
            DELETE FROM {IndexTables.Entries} WHERE index_number IN ({SqlList.Of(numbers)}) AND id > @from AND id <= @to;
            {EntrySql.Insert(part, rows.Select(row => (row.Id, row.Attributes)), values)}
            UPDATE {IndexTables.Indexes} SET last_id = @to, state = @state WHERE number IN ({SqlList.Of(numbers)})
            """,
            values).ConfigureAwait(false);
        return !ended || building.Count > numbers.Count;
    }

    // The number of rows whose entries fit into one packet; at least one.
    private static int Fitting(List<AttributesRow> rows, long maxBytes)
    {
        var bytes = 0L;
        for (var i = 0; i < rows.Count; i++)
        {
            bytes += PendingRows.BytesWithEntries(rows[i].Attributes);
            if (i > 0 && bytes > maxBytes) return i;
        }

        return rows.Count;
    }

    private sealed class BuildingRow
    {
        public long Number { get; init; }

        public long LastId { get; init; }
    }

    private sealed class AttributesRow
    {
        public long Id { get; init; }

        public string? Attributes { get; init; }
    }
}
