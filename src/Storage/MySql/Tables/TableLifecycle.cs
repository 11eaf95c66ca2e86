using System.Globalization;
using System.Text.RegularExpressions;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Attributes;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.MySql.Tables;

/// <summary>
/// Creates, adopts and drops tables. DDL commits implicitly, so a registry row records the progress (creating, live, dropping, dropped);
/// it changes by compare-and-set under a database lock on the name. What a process that died left unfinished is completed by the next
/// operation on that name or by the sweep, and is invisible until then.
/// </summary>
internal sealed partial class TableLifecycle(MySqlOptions options, TimeProvider time, ILogger logger)
{
    /// <param name="mustExist">Only adopt an existing table; null if there is none.</param>
    /// <param name="db">A connection.</param>
    /// <param name="name">The name.</param>
    /// <param name="model">The model that makes its vectors.</param>
    /// <param name="metric">The metric of its hits.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="attempt">The state of earlier attempts of the same call.</param>
    public async Task<TableRecord?> CreateAsync(
        MySqlSession db, TableName name, ModelIdentity model, Metric metric, TableSettings settings, bool mustExist, CreateAttempt attempt)
    {
        if (await TableRegistry.FindAsync(db, name).ConfigureAwait(false) is { } already) return already;
        if (ClusterTables.IsReserved(name))
        {
            throw new CatalogException(
                FailureCode.TableNameInvalid, $"{name} is the name of an Orleans cluster membership table; choose another name");
        }

        var held = await DatabaseLock.TakeAsync(db, options, name.Value).ConfigureAwait(false);
        await CompleteLeftoversAsync(db, name).ConfigureAwait(false);
        var record = await TableRegistry.FindAsync(db, name).ConfigureAwait(false)
            ?? await CreateUnderLockAsync(db, name, model, metric, settings, mustExist, attempt).ConfigureAwait(false);
        await held.ReleaseAsync().ConfigureAwait(false);
        return record;
    }

    /// <param name="db">A connection.</param>
    /// <param name="table">The table.</param>
    /// <param name="attempt">The state of earlier attempts of the same call.</param>
    /// <returns>False if the generation was not live.</returns>
    public async Task<bool> DropAsync(MySqlSession db, TableGeneration table, DropAttempt attempt)
    {
        var held = await DatabaseLock.TakeAsync(db, options, table.Name.Value).ConfigureAwait(false);
        var live = await TableRegistry.IsLiveAsync(db, table).ConfigureAwait(false);
        if (live)
        {
            // Writers' transactions hold the row's lock, so this waits for running ones, and later ones find the table dropped.
            await db.ExecuteAsync("START TRANSACTION").ConfigureAwait(false);
            var revision = await db.FirstAsync<long?>(
                "SELECT revision FROM `imagesearch$tables` WHERE generation = @number FOR UPDATE", new { number = table.Number }).ConfigureAwait(false);
            if (attempt.Revision is { } required && required != revision)
            {
                attempt.IsRefused = true;
                await db.ExecuteAsync("ROLLBACK").ConfigureAwait(false);
                await held.ReleaseAsync().ConfigureAwait(false);
                return false;
            }

            await TableRegistry.KeepLastIdAsync(db, table, await LastIdAsync(db, new TableSql(table)).ConfigureAwait(false)).ConfigureAwait(false);
            live = await TableRegistry.MoveAsync(db, table, TableRegistry.Live, TableRegistry.Dropping).ConfigureAwait(false);
            attempt.WasSent = live;
            await db.ExecuteAsync("COMMIT").ConfigureAwait(false);
        }
        else
        {
            // The table was dropped by the commit whose reply was lost.
            live = attempt.WasSent;
        }

        // A shop's own transaction may block the rename. The table is dropped even so, and the sweep completes the work.
        try
        {
            await CompleteLeftoversAsync(db, table.Name).ConfigureAwait(false);
        }
        catch (Exception e) when (live && MySqlErrors.IsTransient(e))
        {
            logger.SweepFailed(e);
        }

        await held.ReleaseAsync().ConfigureAwait(false);
        return live;
    }

    /// <summary>Completes unfinished work on all names that no process is working on.</summary>
    public async Task SweepAsync(MySqlSession db)
    {
        foreach (var row in await TableRegistry.LeftoversAsync(db).ConfigureAwait(false))
        {
            var name = row.Table.Name;
            if (await DatabaseLock.TryTakeAsync(db, options, name.Value, TimeSpan.Zero).ConfigureAwait(false) is not { } held) continue;
            await CompleteLeftoversAsync(db, name).ConfigureAwait(false);
            await held.ReleaseAsync().ConfigureAwait(false);
        }
    }

    private async Task<TableRecord?> CreateUnderLockAsync(
        MySqlSession db, TableName name, ModelIdentity model, Metric metric, TableSettings settings, bool mustExist,
        CreateAttempt attempt)
    {
        var found = await DatabaseTable.FindAsync(db, name).ConfigureAwait(false);
        if (found is null && mustExist) return null;
        if (await TableRegistry.CountHeldAsync(db).ConfigureAwait(false) >= options.MaxTables) throw CatalogFailures.TooManyTables(options.MaxTables);
        var record = new TableRecord(new TableGeneration(name, await TableRegistry.NextGenerationAsync(db).ConfigureAwait(false)), model, metric)
        {
            Settings = settings,
            Created = CatalogTime.Text(time),
        };
        attempt.Made = record.Generation.Number;
        var sql = new TableSql(record.Generation);
        found?.RequireDocumented(name);
        await TableRegistry.BeginAsync(db, record).ConfigureAwait(false);
        if (found is null) await db.ExecuteAsync(sql.Create).ConfigureAwait(false);
        var missing = TableSql.Ours.Where(column => found?.Has(column.Name) != true).ToList();
        if (missing.Count > 0) await db.ExecuteAsync(sql.AddColumns(missing)).ConfigureAwait(false);
        await AttributeIndexes.StartAsync(db, record.Generation, settings, isEmpty: found is null).ConfigureAwait(false);
        var added = string.Join(", ", missing.Select(column => column.Name));
        if (found is not null) logger.TableAdopted(name.Value, added);

        var last = Math.Max(
            await LastIdAsync(db, sql).ConfigureAwait(false), await TableRegistry.LastIdOfNameAsync(db, name).ConfigureAwait(false));
        await db.ExecuteAsync(sql.StartIdsAt(last + 1)).ConfigureAwait(false);
        if (!await TableRegistry.MakeLiveAsync(db, record.Generation, last).ConfigureAwait(false))
        {
            throw new CatalogException(
                FailureCode.CatalogUnavailable, $"another process changed table {name} while it was being created; create it again");
        }

        return record;
    }

    // Called with the name's lock held: no other process works on these.
    private async Task CompleteLeftoversAsync(MySqlSession db, TableName name)
    {
        foreach (var row in await TableRegistry.RowsOfAsync(db, name).ConfigureAwait(false))
        {
            var table = row.Table;
            var sql = new TableSql(table);
            switch (row.State)
            {
                case TableRegistry.Creating:
                    // Its MySQL table, if it exists, has no rows or is the shop's own. It stays, and the next creation adopts it.
                    await TableRegistry.ForgetAsync(db, table, TableRegistry.Creating).ConfigureAwait(false);
                    logger.CreationAbandoned(table);
                    break;
                case TableRegistry.Dropping:
                    if (!await DatabaseTable.ExistsAsync(db, sql.GoneName).ConfigureAwait(false)
                        && await DatabaseTable.ExistsAsync(db, name.Value).ConfigureAwait(false))
                    {
                        await db.ExecuteAsync(sql.MoveAway).ConfigureAwait(false);
                    }

                    await TableRegistry.MoveAsync(db, table, TableRegistry.Dropping, TableRegistry.Dropped).ConfigureAwait(false);
                    goto case TableRegistry.Dropped;
                case TableRegistry.Dropped:
                    await db.ExecuteAsync(sql.Drop).ConfigureAwait(false);
                    await db.ExecuteAsync("DELETE FROM `imagesearch$changes` WHERE generation = @number", new { number = table.Number })
                        .ConfigureAwait(false);
                    await TableRegistry.ForgetAsync(db, table, TableRegistry.Dropped).ConfigureAwait(false);
                    logger.TableRemoved(table);
                    break;
            }
        }
    }

    // The greatest id that the table has or had. The server's counter includes rows that a shop's own SQL added and deleted.
    private static async Task<long> LastIdAsync(MySqlSession db, TableSql sql)
    {
        var greatest = await db.FirstAsync<long>(sql.GreatestIssued).ConfigureAwait(false);
        var shown = "";
        await db.ReadAsync($"SHOW CREATE TABLE {sql.Table}", null, row => shown = row.GetString(1)).ConfigureAwait(false);
        return AutoIncrement().Match(shown) is { Success: true } next
            && long.TryParse(next.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= IssuedIds.End
                ? Math.Max(greatest, number - 1)
                : greatest;
    }

    [GeneratedRegex(@"\) ENGINE=\S+ AUTO_INCREMENT=(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex AutoIncrement();
}

/// <summary>Remembers across the attempts of one drop that its commit was sent.</summary>
internal sealed class DropAttempt
{
    /// <summary>The revision that the table must have; null for any.</summary>
    public long? Revision { get; init; }

    /// <summary>The table has another revision.</summary>
    public bool IsRefused { get; set; }

    public bool WasSent { get; set; }
}

/// <summary>Remembers across the attempts of one creation which generation it made.</summary>
internal sealed class CreateAttempt
{
    /// <summary>The generation's number; null if no attempt has begun one.</summary>
    public long? Made { get; set; }
}
